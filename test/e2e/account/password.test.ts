import { describe, expect } from 'vitest';
import { newPerson, test, type RunningApp } from '../../support/stage.js';

const dialogOf = ({ page }: RunningApp) => page.getByRole('dialog', { name: 'Change password' });

async function typeInto(app: RunningApp, current: string, next: string): Promise<void> {
  await dialogOf(app).getByLabel('Current password').fill(current);
  await dialogOf(app).getByLabel('New password').fill(next);
}

const submit = (app: RunningApp) =>
  dialogOf(app).getByRole('button', { name: 'Change password' }).click();

describe('changing the password', () => {
  test('is told what is wrong beside the field, loses nothing typed, and then signs the others out', async ({
    stage,
  }) => {
    const server = await stage.server();
    const person = newPerson();
    const app = await stage.app({ serverUrl: server.url });
    await app.pages.createAccount(person);
    const other = await stage.app({
      serverUrl: server.url,
      profileFolder: stage.folder('second-profile'),
    });
    await other.pages.signIn(person);
    await other.pages.status('Synced');

    await app.pages.button('Change password').click();
    const dialog = dialogOf(app);
    await submit(app);
    await dialog.getByText('Type your current password.').waitFor();
    expect(await app.page.evaluate('document.activeElement.type')).toBe('password');
    await typeInto(app, 'not the one', 'short');
    await submit(app);
    await dialog.getByText('The new password needs at least 8 characters.').waitFor();
    await typeInto(app, 'not the one', 'a new password');
    await submit(app);
    await dialog.getByText('This is not the password of this account.').waitFor();
    expect(await dialog.getByLabel('New password').inputValue()).toBe('a new password');

    await server.stop();
    await typeInto(app, person.password, 'a new password');
    await submit(app);
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('The new password may hold already.');
    expect(await dialog.getByLabel('Current password').inputValue()).toBe(person.password);
    await stage.server();
    await submit(app);
    await dialog.waitFor({ state: 'detached' });
    await app.page
      .getByText('The password is changed. Your other devices are signed out.')
      .waitFor();
    expect(await app.page.evaluate('document.activeElement.textContent')).toContain(
      'Change password',
    );
    await other.pages.button('Sign in').waitFor({ timeout: 60_000 });
    await app.pages.signedIn();
    await other.pages.signIn({ ...person, password: 'a new password' });
  });
});
