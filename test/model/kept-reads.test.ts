import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EVERY_SERVICE, type Store, type StoredSession } from '../../src-main/store/index.js';
import { madeHere } from '../support/client/new-entry.js';
import { mustOpen } from '../support/client/open-store.js';
import { sampleDecision } from '../support/client/sample-decision.js';
import { temporaryFolder, type TemporaryFolder } from '../support/client/temporary-folder.js';

let temporary: TemporaryFolder;
beforeEach(() => {
  temporary = temporaryFolder('kept');
});
afterEach(() => {
  temporary.remove();
});

const SERVICES = ['integro', 'certiron'] as const;

/** Everything that is read from memory. */
function readings(store: Store): unknown {
  return SERVICES.map((service) => ({
    everywhere: store.meta.suspect(EVERY_SERVICE),
    never: store.meta.neverHere(service),
    signal: store.meta.optOutSignal(service),
    suspect: store.meta.suspect(service),
    isForgetting: store.meta.isForgetting(service),
    session: store.sessions.get(service),
    sessions: store.sessions.all(),
    ends: store.chains.ends(service),
    next: ['', 'person'].map((subject) => store.chains.next(service, subject, 'device-1')),
  }));
}

const service = fc.constantFrom(...SERVICES);
const write = fc.oneof(
  fc.record({ kind: fc.constant('never'), service, value: fc.subarray(['ads', 'analytics']) }),
  fc.record({ kind: fc.constant('signal'), service, value: fc.boolean() }),
  fc.record({ kind: fc.constant('sign-in'), service, value: fc.nat(9) }),
  fc.record({ kind: fc.constant('pulled'), service, value: fc.boolean() }),
  fc.record({ kind: fc.constant('sign-out'), service }),
  fc.record({ kind: fc.constant('end-chain'), service }),
  fc.record({ kind: fc.constant('decide'), service }),
  fc.record({ kind: fc.constant('forget'), service }),
  fc.record({ kind: fc.constant('erase'), service }),
);
type Write = typeof write extends fc.Arbitrary<infer One> ? One : never;
/** Some writes as one transaction, or each by itself; a transaction may come to nothing after them. */
const step = fc.record({
  writes: fc.array(write, { minLength: 1, maxLength: 4 }),
  how: fc.constantFrom('committed', 'thrown away'),
});

function sessionOf(of: string, place: number): StoredSession {
  return {
    service: of,
    accountId: 'person',
    sessionId: `session-${place}`,
    baseAddress: 'https://service.example/',
    handle: 'handle',
    expiresAtMs: place,
    remembered: false,
    state: 'active',
    pulled: false,
    pullCursor: '',
    seenRow: 0,
    deviceChoices: 'unasked',
    beganRow: 0,
    arrival: 'awaited',
  };
}

it('reads from memory what stands in the file, whatever was written and whatever came to nothing', () => {
  let runs = 0;
  const property = fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
    runs += 1;
    const file = path.join(temporary.folder, `${runs}`, 'sayso.db');
    const store = mustOpen(file);
    let decisions = 0;
    const apply = (one: Write): void => {
      const { service: of } = one;
      if (one.kind === 'never') store.meta.setNeverHere(of, one.value);
      else if (one.kind === 'signal') store.meta.setOptOutSignal(of, one.value);
      else if (one.kind === 'sign-in') store.sessions.put(sessionOf(of, one.value));
      else if (one.kind === 'pulled') store.sessions.change(of, { pulled: one.value });
      else if (one.kind === 'sign-out') store.sessions.delete(of);
      else if (one.kind === 'end-chain') store.chains.endChain(of, '');
      else if (one.kind === 'forget') store.forgetService(of);
      else if (one.kind === 'erase') store.eraseService(of);
      else {
        decisions += 1;
        const device = 'device-1';
        const { seq } = store.chains.next(of, '', device);
        const said = sampleDecision(runs * 1000 + decisions, { service: of, device, seq });
        store.decisions.add(madeHere(store, { ...said, subject: null }));
      }
    };
    for (const { writes, how } of steps) {
      const before = JSON.stringify(readings(store));
      const run = (): void => {
        const done = store.commit(() => {
          for (const one of writes) {
            apply(one);
            // Also what is read in the midst of it must not be kept where it comes to nothing.
            readings(store);
          }
          if (how === 'thrown away') throw new Error('comes to nothing');
        });
        expect(done.ok).toBe(true);
      };
      if (how === 'committed') run();
      else {
        expect(run).toThrow('comes to nothing');
        expect(JSON.stringify(readings(store))).toBe(before);
      }
    }
    const inMemory = readings(store);
    const mark = store.seal.latest();
    store.close();
    // Opened again everything is read from the file, and the seal made of what was in memory is looked at.
    const again = mustOpen(file);
    expect(again.openedAs).toEqual(mark);
    expect(readings(again)).toEqual(inMemory);
    again.close();
  });
  fc.assert(property, { numRuns: 60 });
});
