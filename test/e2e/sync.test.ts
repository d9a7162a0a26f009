import { describe, expect } from 'vitest';
import type { Decision } from '../../src-shared/consent/decision.js';
import { newPerson, test } from '../support/stage.js';

type Person = ReturnType<typeof newPerson>;

/** What the service has of a person, read by another HTTP client with a session of its own. */
async function decisionsOf(serverUrl: string, person: Person): Promise<Decision[]> {
  const opened = await fetch(`${serverUrl}/integro/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...person, remember: false, device: { id: 'reader', name: 'Reader' } }),
  });
  const { token } = (await opened.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const read = await fetch(`${serverUrl}/integro/v1/decisions?after=&limit=500`, { headers });
  const { entries } = (await read.json()) as { entries: { decision: Decision }[] };
  await fetch(`${serverUrl}/integro/v1/session`, { method: 'DELETE', headers });
  return entries.map(({ decision }) => decision);
}

describe('a switch', () => {
  test('pressed online is on the server with no further press', async ({ stage }) => {
    const server = await stage.server();
    const { pages } = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await pages.createAccount(person);
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await expect
      .poll(async () => (await decisionsOf(server.url, person)).map(({ choices }) => choices))
      .toEqual([{ analytics: 'granted' }]);
    await pages.status('Synced');
  });

  test('pressed with the server stopped waits, survives kill -9, and arrives by itself', async ({
    stage,
  }) => {
    const server = await stage.server();
    const first = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await first.pages.createAccount({ ...person, remember: true });
    await first.pages.status('Synced');
    await server.stop();
    await first.pages.open('Privacy');
    // Said for two seconds only: somebody has to be looking.
    await Promise.all([
      first.pages.status('Saved on this device'),
      first.pages.toggle('Analytics').click(),
    ]);
    await first.pages.status('Waiting to sync (1)');
    expect(await first.pages.statusNow()).toEqual({
      state: 'waiting',
      waiting: 1,
      text: 'Waiting to sync (1)',
    });
    await first.kill();

    const { pages } = await stage.app({ serverUrl: server.url });
    await pages.open('Privacy');
    expect(await pages.toggle('Analytics').isChecked()).toBe(true);
    await pages.status('Waiting to sync (1)');
    await stage.server();
    await pages.status('Synced');
    const arrived = await decisionsOf(server.url, person);
    expect(arrived.map(({ choices, seq }) => ({ choices, seq }))).toEqual([
      { choices: { analytics: 'granted' }, seq: 1 },
    ]);
  });

  test('a refusal made on one device closes the switch on another', async ({ stage }) => {
    const server = await stage.server();
    const here = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await here.pages.createAccount(person);
    await here.pages.button('Accept all cookies').click();
    await here.pages.status('Synced');

    const opened = await fetch(`${server.url}/integro/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...person, remember: false, device: { id: 'phone', name: 'Phone' } }),
    });
    const { token, account } = (await opened.json()) as { token: string; account: { id: string } };
    const [accepted] = await decisionsOf(server.url, person);
    const refusal = {
      ...accepted,
      id: '0199aaaa-0000-7000-8000-000000000001',
      subject: account.id,
      device: 'phone',
      seq: 1,
      action: 'withdraw',
      surface: 'settings',
      choices: { '*': 'denied' },
      supersedes: {},
    };
    const pushed = await fetch(`${server.url}/integro/v1/decisions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ entries: [{ decision: refusal }] }),
    });
    expect(await pushed.json()).toMatchObject({ results: [{ status: 'received' }] });

    await here.pages.open('Privacy');
    // Any press wakes the sync; one that decides nothing will do.
    await here.pages.openService('Katror');
    await here.pages.openService('Integro');
    await here.pages.open('Privacy');
    await expect
      .poll(() => here.pages.switches())
      .toEqual({ Functional: false, Analytics: false, Advertising: false });
  });
});

describe("this device's choices", () => {
  test('signing in opens nothing that was refused here, and asks whose choices count', async ({
    stage,
  }) => {
    const server = await stage.server();
    const { page, pages } = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await pages.createAccount(person);
    await pages.button('Accept all cookies').click();
    await pages.status('Synced');
    await pages.signOut();
    await pages.button('Sign in').waitFor();
    await pages.button('Accept necessary only').click();
    await pages.status('Saved on this device');

    await pages.signIn(person);
    const region = page.getByRole('region', { name: "This device's choices" });
    await region.waitFor();
    await pages.open('Privacy');
    const off = { Functional: false, Analytics: false, Advertising: false };
    expect(await pages.switches()).toEqual(off);

    await region.getByRole('button').last().click();
    await region.waitFor({ state: 'detached' });
    await expect
      .poll(() => pages.switches())
      .toEqual({ Functional: true, Analytics: true, Advertising: true });

    await pages.signOut();
    await pages.button('Sign in').waitFor();
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual(off);
    expect(await pages.banner().count()).toBe(0);
  });

  test('taken over, they become the account’s and reach the server', async ({ stage }) => {
    const server = await stage.server();
    const { page, pages } = await stage.app({ serverUrl: server.url });
    await pages.button('Accept all cookies').click();
    await pages.status('Saved on this device');
    const person = newPerson();
    await pages.createAccount(person);
    const region = page.getByRole('region', { name: "This device's choices" });
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual({
      Functional: false,
      Analytics: false,
      Advertising: false,
    });
    await region.getByRole('button').first().click();
    await expect
      .poll(() => pages.switches())
      .toEqual({ Functional: true, Analytics: true, Advertising: true });
    await expect
      .poll(async () =>
        (await decisionsOf(server.url, person)).map(({ surface, choices }) => ({
          surface,
          choices,
        })),
      )
      .toEqual([
        {
          surface: 'import',
          choices: { functional: 'granted', analytics: 'granted', advertising: 'granted' },
        },
      ]);
  });
});
