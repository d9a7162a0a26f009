import { expect } from 'vitest';
import type { ClientModel } from './client-model.js';
import type { ClientWorld } from './client-world.js';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';
import { decisionsOf } from './fake-service.js';
import { contentOf } from './rows.js';

/** The purposes the person decides on at the fixture service. */
export const OPTIONAL = ['analytics', 'advertising'] as const;

/** Holds the client against the model: what is on the disk, what waits, what the window shows, what the service has. */
export function checkAgainst(model: ClientModel, world: ClientWorld): void {
  const { bodies, headers, waiting, refused } = contentOf(world.file);
  const noted = [...model.books.values()].flat();
  const expected = noted.flatMap(({ decision }) => (decision ? [canonicalJson(decision)] : []));
  expect(bodies.toSorted(), 'every decision, unchanged, once').toEqual(expected.toSorted());
  const left = noted.flatMap(({ decision, id }) => (decision ? [] : [id]));
  expect(headers.toSorted(), 'every header once').toEqual(left.toSorted());
  expect(waiting, 'what waits, in order').toEqual(model.waiting);
  expect(refused.toSorted()).toEqual(model.refused.toSorted());

  const view = world.rig().view();
  const kinds = { live: 'signed-in', expired: 'expired' } as const;
  expect(view.subject.kind).toBe(model.session ? kinds[model.session.state] : 'signed-out');
  for (const purpose of OPTIONAL) {
    const state = view.purposes.find(({ id }) => id === purpose)?.state;
    expect(state, purpose).toBe(model.stateOf(purpose, world.clock.nowMs));
  }
  expect(view.sync.waiting).toBe(model.waiting.length);
  const own = model.deviceChoices(OPTIONAL, world.clock.nowMs);
  const asks = model.session !== null && !model.session.asked && own.length > 0;
  expect(view.askAboutDeviceChoices).toBe(asks);
  model.screens.set(view.revision, model.key());
  checkService(model, world);
}

function checkService(model: ClientModel, { service }: ClientWorld): void {
  expect(service.complaints, 'what no client should send').toEqual([]);
  for (const email of EMAILS) {
    const account = service.account(email);
    const { id } = account;
    const said = decisionsOf(account);
    const ids = said.map(({ decision }) => decision.id);
    expect(new Set(ids).size, 'nothing doubled').toBe(ids.length);
    for (const { decision } of said) {
      expect(decision.subject).toBe(id);
      expect(model.nobodysIds.has(decision.id), 'signed-out decisions stay here').toBe(false);
    }
  }
}

/** The accounts that commands sign in to. */
export const EMAILS = ['ada@example.org', 'bob@example.org'] as const;
