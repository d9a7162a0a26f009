import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { newPerson, test } from '../support/stage.js';

/** Another device of the same account that keeps no chain: it refuses without having seen what was allowed here. */
async function refuseElsewhere(
  serverUrl: string,
  person: ReturnType<typeof newPerson>,
): Promise<void> {
  const base = `${serverUrl}/integro`;
  const json = { 'content-type': 'application/json' };
  const device = { id: randomUUID(), name: 'Elsewhere' };
  const opened = await fetch(`${base}/v1/sessions`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ ...person, remember: false, device }),
  });
  const { token, account } = (await opened.json()) as { token: string; account: { id: string } };
  const shown = (await (await fetch(`${base}/policy`)).json()) as Record<string, string>;
  const decision = {
    v: 1,
    id: uuidV7(),
    service: 'integro',
    subject: account.id,
    device: device.id,
    seq: 1,
    at: new Date().toISOString(),
    action: 'save',
    surface: 'settings',
    choices: { analytics: 'denied' },
    supersedes: {},
    policy: { version: shown['version'], lang: shown['lang'], sha256: shown['sha256'] },
  };
  const pushed = await fetch(`${base}/v1/decisions`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify({ entries: [{ decision }] }),
  });
  const { results } = (await pushed.json()) as { results: { status: string }[] };
  expect(results.map(({ status }) => status)).toEqual(['received']);
}

test('a refusal elsewhere that had not seen the yes here wins, and one press settles it', async ({
  stage,
}) => {
  const server = await stage.server();
  const { page, pages } = await stage.app({ serverUrl: server.url });
  const person = newPerson();
  await pages.createAccount(person);
  await pages.open('Privacy');
  await pages.toggle('Analytics').click();
  await pages.status('Synced');
  await refuseElsewhere(server.url, person);
  // A second decision wakes the sync, which brings the other device's word along.
  await pages.toggle('Functional').click();

  const question = page.getByRole('group', { name: /^Refused on another device on .*Analytics/ });
  await question.waitFor();
  expect(await pages.toggle('Analytics').isChecked()).toBe(false);
  expect(await pages.toggle('Functional').isChecked()).toBe(true);
  await question.getByRole('button', { name: 'Turn on' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await pages.toggle('Analytics').isChecked()).toBe(true);
  await pages.status('Synced');
});
