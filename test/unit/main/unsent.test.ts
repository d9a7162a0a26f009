import { describe, expect, it } from 'vitest';
import { createUnsent } from '../../../src-main/unsent.js';
import type { Store, StoredSession } from '../../../src-main/store/index.js';

type Given = Pick<StoredSession, 'state' | 'remembered'> & { waiting: number; grants: number };

const ALPHA = { manifest: { id: 'alpha', name: 'Alpha' } };
const BETA = { manifest: { id: 'beta', name: 'Beta' } };

/** The counts over stores that hold a session and an outbox for each service named. */
function unsentOf(given: Readonly<Record<string, Given>>) {
  const count = (what: 'waiting' | 'grants') => (service: string, subject: string) =>
    subject === `account of ${service}` ? (given[service]?.[what] ?? 0) : 0;
  const store = {
    sessions: {
      get: (service: string) =>
        given[service] ? { ...given[service], accountId: `account of ${service}` } : null,
    },
    outbox: { countWaiting: count('waiting'), countWaitingGrants: count('grants') },
  } as unknown as Pick<Store, 'sessions' | 'outbox'>;
  return createUnsent(store, [ALPHA, BETA] as unknown as Parameters<typeof createUnsent>[1]);
}

const kept = { state: 'active', remembered: true, waiting: 3, grants: 1 } as const;

describe('what has not been sent', () => {
  it('is that of whoever is signed in', () => {
    expect(unsentOf({ alpha: kept }).of('alpha')).toEqual({ waiting: 3, grants: 1 });
    expect(unsentOf({ alpha: kept }).of('beta')).toEqual({ waiting: 0, grants: 0 });
    expect(unsentOf({ alpha: { ...kept, state: 'signing-out' } }).of('alpha').waiting).toBe(0);
  });
});

describe('what quitting leaves behind', () => {
  it.each([
    ['a session that is kept', kept, false],
    ['a session that ends with the app', { ...kept, remembered: false }, true],
    ['an ended session with refusals', { ...kept, state: 'expired' }, false],
    [
      'an ended session that is not kept',
      { ...kept, state: 'expired', remembered: false, grants: 3 },
      true,
    ],
  ] as const)('%s: told by its name', (_, given, endsSession) => {
    const { grants } = given;
    expect(unsentOf({ alpha: given }).atQuit()).toEqual([
      { service: 'Alpha', waiting: 3, grants, endsSession },
    ]);
  });

  it.each([
    ['nothing waits', { ...kept, waiting: 0, grants: 0 }],
    ['nothing waits and the session ends', { ...kept, remembered: false, waiting: 0, grants: 0 }],
    ['it is signed out', { ...kept, state: 'signing-out' }],
    ['all of it waits for a sign-in anyway', { ...kept, state: 'expired', grants: 3 }],
  ] as const)('is nothing where %s', (_, given) => {
    expect(unsentOf({ alpha: given }).atQuit()).toEqual([]);
  });

  it('is told for each service', () => {
    const both = unsentOf({ beta: kept, alpha: kept }).atQuit();
    expect(both.map(({ service }) => service)).toEqual(['Alpha', 'Beta']);
  });
});
