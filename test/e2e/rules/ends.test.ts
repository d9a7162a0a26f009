import { expect } from 'vitest';
import { moveClock, wakeFromSleep } from '../../support/app-clock.js';
import { copyAppWithHostile } from '../../support/hostile/app-copy.js';
import { checkedLedger } from '../../support/ledger-state.js';
import { NOBODY, test, type RunningApp } from '../../support/stage.js';

/** What the gate says of the one tool of the service. */
async function rulingOf({ page }: RunningApp): Promise<string> {
  const gate = await page.evaluate(async () => {
    const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
    const answer = await sayso.call('gate.read', { service: 'hostile' });
    return answer.ok && answer.value.ok ? answer.value.value : null;
  });
  const [tool] = gate?.tools ?? [];
  if (!tool) return 'no tool';
  return tool.closedBy ?? 'open';
}

test('rule 10: a yes ends twelve months after it was said, the gate with it, offline, and using the app does not lengthen it', async ({
  stage,
}) => {
  const main = copyAppWithHostile(stage.folder('app'), [
    { id: 'counts', purpose: 'analytics', kind: 'usage-statistics', hosts: [] },
  ]);
  const app = await stage.app({ serverUrl: NOBODY, service: 'hostile', main });
  const { page, pages } = app;
  await pages.button('Accept all cookies').click();
  await pages.status('Saved on this device');
  await checkedLedger(page, 'hostile');
  expect(await rulingOf(app)).toBe('open');
  await pages.open('Privacy');
  const until = page.locator('[data-purpose=analytics] .state');
  const promised = await until.innerText();
  expect(promised).toMatch(/^On since .+, until .+/);

  // Half a year of use: pages, another switch, a look at the question again.
  await moveClock(app, 180);
  await wakeFromSleep(app);
  for (const name of ['Policy', 'History', 'On this device', 'Privacy'] as const) {
    await pages.open(name);
  }
  await pages.toggle('Advertising').click();
  await pages.status('Saved on this device');
  await pages.button('Show the question again').click();
  await pages.button('Close without answering').click();
  expect(await until.innerText()).toBe(promised);

  await moveClock(app, 364);
  await wakeFromSleep(app);
  expect(await pages.toggle('Analytics').isChecked()).toBe(true);
  expect(await rulingOf(app)).toBe('open');
  await moveClock(app, 365);
  await wakeFromSleep(app);
  await expect.poll(() => rulingOf(app)).toBe('expired');
  await expect.poll(() => pages.toggle('Analytics').isChecked()).toBe(false);
});
