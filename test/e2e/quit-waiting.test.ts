import { once } from 'node:events';
import { describe, expect } from 'vitest';
import { newPerson, test, type RunningApp, type Stage } from '../support/stage.js';

/** An app with a permission and a refusal that have not reached the service. */
async function waitingApp(stage: Stage, remember = true): Promise<RunningApp> {
  const server = await stage.server();
  const app = await stage.app({ serverUrl: server.url });
  const { pages } = app;
  await pages.createAccount({ ...newPerson(), remember });
  await pages.status('Synced');
  await server.stop();
  await pages.open('Privacy');
  await pages.toggle('Functional').click();
  await pages.status('Waiting to sync (1)');
  await pages.button('Withdraw everything').click();
  await pages.status('Waiting to sync (2)');
  return app;
}

/** Closes the window as a person does, by the frame around it. */
async function closeWindow({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) => {
    // Not from within this very call, which could then never be answered.
    setImmediate(() => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
  });
}

const questionIn = ({ page }: RunningApp) => page.getByRole('dialog', { name: 'Quit Sayso?' });

/** The exit code, once the app has ended; to be asked for while it runs. */
async function endOf({ electron }: RunningApp): Promise<number | null> {
  const child = electron.process();
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

describe('closing the last window while something waits', () => {
  test('asks, says what waits, and keeps open or quits as the person says', async ({ stage }) => {
    const app = await waitingApp(stage);
    const { page } = app;
    const question = questionIn(app);
    await closeWindow(app);
    await question.waitFor();
    expect(await question.innerText()).toContain(
      '2 choices have not reached Integro yet. They are kept on this device and go out the next time Sayso runs.',
    );
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Quit');

    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await closeWindow(app);
    await question.getByRole('button', { name: 'Keep open' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await page.getByRole('status').count()).toBe(1);

    await closeWindow(app);
    await question.waitFor();
    const gone = endOf(app);
    // The window may be gone before the key has come up again, which Playwright takes for a failure; `gone` tells what became of it.
    await Promise.allSettled([page.keyboard.press('Enter')]);
    expect(await gone).toBe(0);

    // It was kept, as the question said.
    const { url } = await stage.server();
    const again = await stage.app({ serverUrl: url });
    await again.pages.status('Synced');
  });

  test('a second close while it is asked quits', async ({ stage }) => {
    const app = await waitingApp(stage);
    await closeWindow(app);
    await questionIn(app).waitFor();
    const gone = endOf(app);
    await closeWindow(app);
    expect(await gone).toBe(0);
  });

  test('"Quit" in the menu asks the same', async ({ stage }) => {
    const app = await waitingApp(stage);
    await app.electron.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
      items?.find(({ label }) => label === 'Quit Sayso')?.click();
    });
    const gone = endOf(app);
    await questionIn(app).getByRole('button', { name: 'Quit', exact: true }).click();
    expect(await gone).toBe(0);
  });

  test('where quitting signs out, it says what is lost and what still goes out', async ({
    stage,
  }) => {
    const app = await waitingApp(stage, false);
    await closeWindow(app);
    const said = await questionIn(app).innerText();
    expect(said).toContain('Quitting signs you out of Integro.');
    expect(said).toContain('1 permission is discarded then.');
    expect(said).toContain('Refusals still go out the next time Sayso runs.');
  });

  test('a page that does not answer is not waited for', async ({ stage }) => {
    const app = await waitingApp(stage);
    const gone = endOf(app);
    // Right after this call the page is busy for good.
    await app.page.evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    });
    await closeWindow(app);
    expect(await gone).toBe(0);
  });
});

describe('quitting asks nothing', () => {
  test('while nothing waits', async ({ stage }) => {
    const app = await stage.offlineApp();
    await app.pages.banner().waitFor();
    const gone = endOf(app);
    await closeWindow(app);
    expect(await gone).toBe(0);
  });

  test.for(['a program', 'a signal'] as const)('when it comes from %s', async (by, { stage }) => {
    const app = await waitingApp(stage);
    const gone = endOf(app);
    if (by === 'a signal') app.electron.process().kill('SIGTERM');
    else await app.close();
    expect(await gone).toBe(0);
  });
});
