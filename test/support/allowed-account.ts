import { newPerson, type RunningApp, type Stage } from './stage.js';

/**
 * Signs in with a new account, says yes to something and has it synced; then app and server are closed. The service may then
 * come back with something new.
 * @returns the address that it had, and will have.
 */
export async function allowedAccount(
  stage: Stage,
  allow: (app: RunningApp) => Promise<void>,
): Promise<string> {
  const server = await stage.server();
  const app = await stage.app({ serverUrl: server.url });
  await app.pages.createAccount({ ...newPerson(), remember: true });
  await allow(app);
  await app.pages.status('Synced');
  await app.close();
  await server.stop();
  return server.url;
}

/** Says yes to Analytics and Functional, each by its switch. */
export async function allowBoth({ pages }: RunningApp): Promise<void> {
  await pages.open('Privacy');
  await pages.toggle('Analytics').click();
  await pages.toggle('Functional').click();
}
