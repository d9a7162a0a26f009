import { describe, expect } from 'vitest';
import { decisionsOf } from '../../../scripts/tour/other-client.mjs';
import { countPresses } from '../../support/presses.js';
import { startRecordingRelay } from '../../support/recording-relay.js';
import { newPerson, test, type Stage } from '../../support/stage.js';

const SIGNAL = 'Send the opt-out signal';

/** The reference server behind a relay that notes what each request says of the signal. */
async function heard(stage: Stage) {
  const server = await stage.server();
  const relay = await startRecordingRelay(server.url, () => true);
  stage.onEnd(() => relay.close());
  return { server, relay, said: () => new Set(relay.seen().map(({ gpc }) => gpc)) };
}

describe('rule 17: Sec-GPC', () => {
  test('is sent only from the moment the person has switched it on, as 1 and nothing else, and no longer than that', async ({
    stage,
  }) => {
    const { relay, said } = await heard(stage);
    const { page, pages } = await stage.app({ serverUrl: relay.url });
    await pages.createAccount(newPerson());
    await pages.open('Privacy');
    await pages.toggle('Functional').click();
    await pages.status('Synced');
    expect(said()).toEqual(new Set([null]));

    const presses = countPresses(page);
    await presses.press('checkbox', SIGNAL);
    expect(presses.count()).toBe(1);
    await pages.status('Synced');
    await expect.poll(() => [...said()]).toContain('1');
    expect(said()).toEqual(new Set([null, '1']));

    // Said for two seconds only: somebody has to be looking.
    await Promise.all([
      pages.status('Saved on this device'),
      page.getByRole('checkbox', { name: SIGNAL }).uncheck(),
    ]);
    const before = relay.seen().length;
    await pages.toggle('Functional').click();
    await expect.poll(() => relay.seen().at(-1)?.gpc).toBeNull();
    await pages.status('Synced');
    const after = relay.seen().slice(before);
    expect(
      after.filter(({ path }) => path.endsWith('/v1/decisions')).map(({ gpc }) => gpc),
    ).toEqual([null]);
  });

  test('reaches an account that is signed in to later, as a decision that only denies', async ({
    stage,
  }) => {
    const { server, relay } = await heard(stage);
    const person = newPerson();
    const there = await stage.app({
      serverUrl: relay.url,
      profileFolder: stage.folder('elsewhere'),
    });
    await there.pages.createAccount(person);
    await there.pages.button('Accept all cookies').click();
    await there.pages.status('Synced');
    await there.close();

    const { page, pages } = await stage.app({ serverUrl: relay.url });
    await pages.open('Privacy');
    await page.getByRole('checkbox', { name: SIGNAL }).check();
    await pages.status('Saved on this device');
    await pages.signIn(person);
    await pages.open('Privacy');
    await page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();
    await page.getByText('Kept off by the opt-out signal').waitFor();
    await expect
      .poll(async () => {
        const decisions = (await decisionsOf(server.url, person)) as {
          action: string;
          choices: unknown;
        }[];
        return decisions.map(({ action, choices }) => [action, choices]);
      })
      .toEqual([
        ['accept-all', { functional: 'granted', analytics: 'granted', advertising: 'granted' }],
        ['signal', { advertising: 'denied', 'sale-or-sharing': 'denied' }],
      ]);
  });

  test('that services honour it stands at /.well-known/gpc.json', async ({ stage }) => {
    const server = await stage.server();
    const answer = await fetch(`${server.url}/.well-known/gpc.json`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const stated = (await answer.json()) as { gpc: unknown; lastUpdate: unknown };
    expect(Object.keys(stated).toSorted()).toEqual(['gpc', 'lastUpdate']);
    expect(stated.gpc).toBe(true);
    expect(stated.lastUpdate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
