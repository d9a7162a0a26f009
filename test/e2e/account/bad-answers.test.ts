import { describe, expect } from 'vitest';
import { newPerson, test, type RunningApp } from '../../support/stage.js';
import { startTroublemaker, type Strain, type Troublemaker } from '../../support/troublemaker.js';

/** What is asked of the service, and the request that does it, after which nothing is as it was. */
const DOING = {
  end: /^DELETE .*\/v1\/sessions\//,
  password: /^PUT .*\/v1\/account\/password$/,
  remove: /^DELETE .*\/v1\/account$/,
};

const SAID: Record<'500' | '429', Record<'happened' | keyof typeof DOING, string>> = {
  '500': {
    happened: 'Integro answered with an error of its own.',
    end: 'The session may still be open.',
    password: 'The new password may hold already.',
    remove: 'The account may be gone already.',
  },
  '429': {
    happened: 'Integro wants a pause after too many tries.',
    end: 'The session is still open.',
    password: 'The password is as it was.',
    remove: 'Nothing was deleted.',
  },
};

const devices = ({ page }: RunningApp) => page.getByRole('region', { name: 'Signed-in devices' });
const passwords = ({ page }: RunningApp) => page.getByRole('dialog', { name: 'Change password' });
const removal = ({ page }: RunningApp) =>
  page.getByRole('dialog', { name: 'Delete this account?' });

/** The account is signed in elsewhere too, as far as the service knows. */
async function signInElsewhere(url: string, email: string, password: string): Promise<void> {
  const device = { id: '0b9c1f9e-5d2c-4c39-9a3e-6f1f0e8b7a11', name: 'Elsewhere' };
  const body = { email, password, remember: true, device, revokeHash: 'A'.repeat(43) };
  const answer = await fetch(`${url}/integro/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`not signed in elsewhere: ${answer.status}`);
}

async function endElsewhere(app: RunningApp): Promise<void> {
  await devices(app).getByRole('button', { name: 'End session', exact: true }).click();
}

async function changePassword(app: RunningApp, current: string, next: string): Promise<void> {
  await passwords(app).getByLabel('Current password').fill(current);
  await passwords(app).getByLabel('New password').fill(next);
  await passwords(app).getByRole('button', { name: 'Change password' }).click();
}

async function remove(app: RunningApp, password: string): Promise<void> {
  await removal(app).getByLabel('Your password').fill(password);
  await removal(app).getByRole('button', { name: 'Delete account' }).click();
}

/** Does the three with every such request met by a trouble, and reads what the person is told each time. */
async function tryAll(
  app: RunningApp,
  server: Troublemaker,
  trouble: Strain | '500',
  password: string,
): Promise<Record<keyof typeof DOING, string>> {
  const { page, pages } = app;
  server.make(trouble, DOING.end);
  await endElsewhere(app);
  const end = await devices(app).getByRole('alert').innerText();
  server.make(trouble, DOING.password);
  await pages.button('Change password').click();
  await changePassword(app, password, 'another password');
  const changed = await passwords(app).getByRole('alert').innerText();
  await page.keyboard.press('Escape');
  server.make(trouble, DOING.remove);
  await pages.button('Delete account').click();
  await remove(app, password);
  const removed = await removal(app).getByRole('alert').innerText();
  await page.keyboard.press('Escape');
  return { end, password: changed, remove: removed };
}

describe('ending a device, changing the password and deleting the account', () => {
  test('say what an error and a wish for a pause mean, leave everything whole, and wait for a slow answer', async ({
    stage,
  }) => {
    const real = await stage.server();
    const server = await startTroublemaker(real.url);
    stage.onEnd(() => server.stop());
    const person = newPerson();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.createAccount({ ...person, remember: true });
    await signInElsewhere(real.url, person.email, person.password);
    await pages.open('Privacy');
    await pages.open('Me');
    await devices(app).getByText('Elsewhere').waitFor();

    for (const trouble of ['500', '429'] as const) {
      const said = await tryAll(app, server, trouble, person.password);
      for (const act of ['end', 'password', 'remove'] as const) {
        expect(said[act]).toContain(SAID[trouble].happened);
        expect(said[act]).toContain(SAID[trouble][act]);
        if (trouble === '429') expect(said[act]).toContain('Try again in 2 minutes.');
      }
      server.make('none');
      await pages.open('Privacy');
      await pages.open('Me');
      await pages.signedIn();
      await devices(app).getByText('Elsewhere').waitFor();
    }

    server.make('slow', DOING.end);
    await endElsewhere(app);
    await devices(app).getByRole('button', { name: 'Ending' }).waitFor();
    await expect.poll(() => server.met()).toBe(1);
    server.make('none');
    await devices(app).getByText('The session of Elsewhere is ended.').waitFor();

    server.make('slow', DOING.password);
    await pages.button('Change password').click();
    await changePassword(app, person.password, 'another password');
    await expect.poll(() => server.met()).toBe(1);
    await passwords(app).getByText('Changing the password').waitFor();
    server.make('none');
    await page.getByText('The password is changed.', { exact: false }).waitFor();

    server.make('slow', DOING.remove);
    await pages.button('Delete account').click();
    await remove(app, 'another password');
    await expect.poll(() => server.met()).toBe(1);
    await removal(app).getByText('Deleting the account').waitFor();
    server.make('none');
    await page.getByText('The account at Integro is deleted').waitFor();
    await pages.button('Sign in').waitFor();
  });
});
