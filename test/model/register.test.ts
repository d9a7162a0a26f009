import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Decision } from '../../src-shared/consent/decision.js';
import { headIds, readPurpose } from '../../src-shared/consent/effective-state.js';
import type { Store } from '../../src-main/store/index.js';
import { arrivals, ASKED, histories } from '../support/client/histories.js';
import { fetched } from '../support/client/new-entry.js';
import { mustCommit, mustOpen } from '../support/client/open-store.js';
import { tries } from '../support/client/property.js';
import { referenceState } from '../support/client/reference-register.js';
import { START_MS } from '../support/client/sample-decision.js';
import { dumpTables } from '../support/client/table-dump.js';
import { temporaryFolder } from '../support/client/temporary-folder.js';

const RUNS = 50;
const RECEIVED_MS = START_MS - 86_400_000;

let files = 0;
const temporary = temporaryFolder('register');
const open: Store[] = [];
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});
afterAll(temporary.remove);

function freshFile(): string {
  files += 1;
  return path.join(temporary.folder, `${files}.db`);
}

/** A file in which the decisions arrived as fetched ones, each group in a transaction of its own. */
function fed(groups: readonly (readonly Decision[])[]): { file: string; store: Store } {
  const file = freshFile();
  const store = mustOpen(file);
  open.push(store);
  for (const group of groups) {
    mustCommit(store, () => {
      for (const decision of group) store.decisions.add(fetched(decision, RECEIVED_MS));
    });
  }
  return { file, store };
}

const arrived = histories(30).chain((decisions) =>
  fc.tuple(fc.constant(decisions), arrivals(decisions), arrivals(decisions)),
);

describe('the register on a real file', () => {
  it('agrees with the pure rule for every purpose, however the decisions arrive', () => {
    const property = fc.property(arrived, ([decisions, groups]) => {
      const { store } = fed(groups);
      for (const purpose of ASKED) {
        const heads = store.register.headsOf('alpha', '', purpose);
        const ids = [...new Set(heads.map(({ id }) => id))].toSorted();
        expect(ids).toEqual(headIds(decisions, purpose));
        const known = decisions.map((decision) => {
          const atMs = Date.parse(decision.at);
          return { ...decision, atMs, receivedAtMs: RECEIVED_MS, rests: false };
        });
        const { state } = readPurpose(heads, {
          trustedNowMs: START_MS,
          changedAtMs: () => null,
        });
        expect(state).toBe(referenceState(known, purpose, START_MS));
      }
    });
    fc.assert(property, tries(RUNS));
  });

  it('comes to the same bytes by two ways of arriving', () => {
    const property = fc.property(arrived, ([, one, other]) => {
      const tables = ['head', 'superseded', 'chain'];
      expect(dumpTables(fed(one).file, tables)).toBe(dumpTables(fed(other).file, tables));
    });
    fc.assert(property, tries(RUNS));
  });

  it('reads the same after the file was closed and opened again', () => {
    const property = fc.property(arrived, ([, groups]) => {
      const { file, store } = fed(groups);
      const before = ASKED.map((purpose) => store.register.headsOf('alpha', '', purpose));
      store.close();
      open.splice(open.indexOf(store), 1);
      const again = mustOpen(file);
      open.push(again);
      expect(ASKED.map((purpose) => again.register.headsOf('alpha', '', purpose))).toEqual(before);
    });
    fc.assert(property, tries(20));
  });

  it('keeps services and subjects apart', () => {
    const property = fc.property(histories(15), histories(15), (nobodys, accounts) => {
      const ofAccount = accounts.map((decision, place) => ({
        ...decision,
        subject: 'account-1',
        id: decision.id.replace('019dc000-0000', `019dc000-${String(place % 10).repeat(4)}`),
      }));
      const { store } = fed([nobodys, ofAccount]);
      for (const purpose of ASKED) {
        const heads = store.register.headsOf('alpha', '', purpose).map(({ id }) => id);
        expect([...new Set(heads)].toSorted()).toEqual(headIds(nobodys, purpose));
        expect(store.register.headsOf('beta', '', purpose)).toEqual([]);
      }
    });
    fc.assert(property, tries(20));
  });
});
