import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { CHAIN_START, remainsOf } from '../../../src-shared/ledger/entry.js';
import type { ChainState } from '../../../src-server/decisions/chain-place.js';
import {
  headerOf,
  remainsText,
  type BareEntry,
  type ChainedEntry,
  type CheckedEntry,
} from '../../../src-server/decisions/entry.js';
import type { Objection } from '../../../src-server/decisions/objections.js';
import {
  settle,
  type EntryToSettle,
  type Kept,
  type KeptEntry,
  type Verdict,
} from '../../../src-server/decisions/settle.js';

const decisionOf = (id: string, seq: number): Decision => ({
  v: 1,
  id,
  service: 'alpha',
  subject: 'me',
  device: 'device-1',
  seq,
  at: '2026-11-22T10:00:00Z',
  action: 'save',
  surface: 'settings',
  choices: { analytics: 'granted' },
  supersedes: { analytics: ['earlier'] },
  policy: { version: '1', lang: 'en', sha256: '0'.repeat(64) },
});
const bare = (id: string, seq: number, jcs?: string): BareEntry => {
  const decision = decisionOf(id, seq);
  return { form: 'bare', id, decision, jcs: jcs ?? JSON.stringify(decision) };
};
const hashOf = (chain: string, seq: number, salt = ''): string => `${chain}${seq}${salt}`;
const chained = (id: string, chain: string, seq: number, first = 1, salt = ''): ChainedEntry => {
  const decision = decisionOf(id, seq);
  const prev = seq === first ? CHAIN_START : hashOf(chain, seq - 1);
  const entryHash = hashOf(chain, seq, salt);
  const link = { v: 1, chain, seq, prev, payloadHash: '', entryHash, signature: null } as const;
  return { form: 'chained', id, decision, jcs: JSON.stringify(decision), salt, link };
};

/** A store as the database is one, in memory. */
interface Memory {
  readonly rows: Map<string, KeptEntry>;
  readonly chains: Map<string, ChainState>;
}
const empty = (): Memory => ({ rows: new Map(), chains: new Map() });
const keptIn = ({ rows, chains }: Memory): Kept => ({ entries: [...rows.values()], chains });

function send(
  memory: Memory,
  entries: readonly CheckedEntry[],
  objection: Objection | null = null,
) {
  return sendAll(
    memory,
    entries.map((entry) => ({ entry, objection, mayErase: true })),
  );
}

function sendAll(memory: Memory, entries: readonly EntryToSettle[]): readonly Verdict[] {
  const { verdicts, chains } = settle(entries, keptIn(memory));
  for (const [chain, state] of chains) memory.chains.set(chain, state);
  for (const verdict of verdicts) {
    const keep = 'keep' in verdict ? verdict.keep : undefined;
    if (keep) memory.rows.set(keep.id, rowOf(keep, verdict.status === 'refused'));
  }
  return verdicts;
}

function rowOf(entry: CheckedEntry, wasRefused: boolean): KeptEntry {
  const link = entry.form === 'bare' ? null : entry.link;
  return {
    id: entry.id,
    ofThisAccount: true,
    entryHash: link?.entryHash ?? null,
    signature: link?.signature ?? null,
    jcs: entry.form === 'header' ? null : entry.jcs,
    remains: entry.form === 'header' ? remainsText(entry.remains) : null,
    wasRefused,
    wasHeld: entry.form === 'header' && entry.held,
    bareSeq: entry.form === 'bare' ? entry.decision.seq : null,
    receivedAtMs: 1,
    receipt: 'first',
  };
}

const saidOf = (verdicts: readonly Verdict[]): string[] =>
  verdicts.map((one) => (one.status === 'refused' ? one.problem : one.status));
const unproven: Objection = { problem: 'decision-unproven', detail: 'not signed' };
const unknownPolicy: Objection = { problem: 'policy-unknown', detail: 'not published' };

describe('settling bare decisions', () => {
  it('answers a repeat with the first answer, from before or from the same request', () => {
    const memory = empty();
    const one = bare('a', 1);
    expect(send(memory, [one, one])).toMatchObject([
      { status: 'received' },
      { status: 'repeated', first: { index: 0 } },
    ]);
    expect(send(memory, [one])).toMatchObject([
      { status: 'repeated', first: { receipt: 'first' } },
    ]);
  });

  it('tells a conflict from a used number', () => {
    const memory = empty();
    send(memory, [bare('a', 1)]);
    expect(saidOf(send(memory, [bare('a', 1, 'other'), bare('b', 1), bare('c', 2)]))).toEqual([
      'decision-conflict',
      'chain-fork',
      'received',
    ]);
  });

  it('does not take a stranger’s decision for a repeat', () => {
    const one = bare('a', 1);
    const entries = [{ ...rowOf(one, false), ofThisAccount: false, bareSeq: null }];
    const { verdicts } = settle([{ entry: one, objection: null, mayErase: true }], {
      entries,
      chains: new Map(),
    });
    expect(saidOf(verdicts)).toEqual(['decision-conflict']);
  });

  it('lets an objection stand only against what was not taken before', () => {
    const memory = empty();
    send(memory, [bare('a', 1)]);
    expect(saidOf(send(memory, [bare('a', 1), bare('b', 2)], unproven))).toEqual([
      'repeated',
      'decision-unproven',
    ]);
    expect(saidOf(send(memory, [bare('b', 2)], unknownPolicy))).toEqual(['policy-unknown']);
    expect(saidOf(send(memory, [bare('b', 1)], unknownPolicy))).toEqual(['chain-fork']);
    expect([...memory.rows.keys()]).toEqual(['a']);
  });
});

describe('settling a chain', () => {
  it('takes entries that follow one another, whatever number the first has', () => {
    const memory = empty();
    const entries = [7, 8, 9].map((seq) => chained(`e${seq}`, 'c', seq, 7));
    expect(saidOf(send(memory, entries))).toEqual(['received', 'received', 'received']);
    expect(memory.chains.get('c')).toEqual({
      ofThisDevice: true,
      firstSeq: 7,
      lastSeq: 9,
      lastHash: 'c9',
    });
    expect(saidOf(send(memory, entries))).toEqual(['repeated', 'repeated', 'repeated']);
  });

  it.each([
    ['a used number', chained('x', 'c', 2, 1, 'other'), 'holds this place'],
    ['a gap', chained('x', 'c', 4), 'gap, 3 would be next'],
    ['a number before the first', { ...chained('x', 'c', 0, 1) }, 'begins at 1'],
    ['a link to something else', chained('x', 'c', 3, 3), 'is not the hash of the entry before'],
    ['a first entry that follows something', chained('x', 'd', 2), '64 zeros'],
  ])('refuses %s and says which', (_what, entry, detail) => {
    const memory = empty();
    send(memory, [chained('a', 'c', 1), chained('b', 'c', 2)]);
    const [verdict] = send(memory, [entry]);
    expect(verdict).toMatchObject({ status: 'refused', problem: 'chain-fork' });
    expect(verdict && 'detail' in verdict && verdict.detail).toContain(detail);
  });

  it('refuses another account’s or device’s chain', () => {
    const memory = empty();
    send(memory, [chained('a', 'c', 1)]);
    const state = memory.chains.get('c');
    if (state) memory.chains.set('c', { ...state, ofThisDevice: false });
    expect(saidOf(send(memory, [chained('b', 'c', 2)]))).toEqual(['decision-not-yours']);
  });

  it('leaves the header of a grant refused for its policy, so that the next one can follow', () => {
    const memory = empty();
    const grant = chained('a', 'c', 1);
    const next = { entry: chained('b', 'c', 2), objection: null, mayErase: true };
    const refused = { entry: grant, objection: unknownPolicy, mayErase: true };
    expect(saidOf(sendAll(memory, [refused, next]))).toEqual(['policy-unknown', 'received']);
    expect(memory.rows.get('a')).toMatchObject({ jcs: null, wasRefused: true });
    // Also once the policy has become known: what was refused stays refused.
    expect(saidOf(send(memory, [grant]))).toEqual(['policy-unknown']);
    expect(saidOf(send(memory, [headerOf(grant)]))).toEqual(['received']);
    expect(saidOf(send(memory, [grant, headerOf(grant)]))).toEqual(['repeated', 'repeated']);
  });

  it('refuses the same id with other words or at another place', () => {
    const memory = empty();
    send(memory, [chained('a', 'c', 1)]);
    const others = [chained('a', 'c', 1, 1, 'other salt'), chained('a', 'c', 2), bare('a', 1)];
    expect(saidOf(send(memory, others))).toEqual(Array(3).fill('decision-conflict'));
    expect(memory.chains.get('c')?.lastSeq).toBe(1);
  });

  it('leaves nothing of what is unproven', () => {
    const memory = empty();
    expect(saidOf(send(memory, [chained('a', 'c', 1)], unproven))).toEqual(['decision-unproven']);
    expect([memory.rows.size, memory.chains.size]).toEqual([0, 0]);
  });
});

describe('settling a header', () => {
  it('erases the decision that stands there, and nothing else', () => {
    const memory = empty();
    const one = chained('a', 'c', 1);
    send(memory, [one]);
    const header = headerOf(one);
    const elsewhere = { ...header, link: { ...header.link, seq: 2, entryHash: 'c2' } };
    const otherwise = { ...header, remains: { ...header.remains, purposes: [] } };
    expect(saidOf(send(memory, [elsewhere, otherwise]))).toEqual([
      'chain-fork',
      'decision-conflict',
    ]);
    expect(memory.rows.get('a')?.jcs).not.toBeNull();
    expect(saidOf(send(memory, [header, header, one]))).toEqual([
      'received',
      'repeated',
      'repeated',
    ]);
    expect(memory.rows.get('a')).toMatchObject({
      jcs: null,
      remains: remainsText(remainsOf(one.decision)),
    });
    expect(saidOf(send(memory, [otherwise]))).toEqual(['decision-conflict']);
  });

  it('keeps the signature that the decision came with', () => {
    const memory = empty();
    const signature = { kid: 'k', signature: 's' };
    const one = chained('a', 'c', 1);
    send(memory, [{ ...one, link: { ...one.link, signature } }]);
    send(memory, [headerOf(one)]);
    expect(memory.rows.get('a')).toMatchObject({ jcs: null, signature });
  });

  it('holds a place for what never came whole', () => {
    const memory = empty();
    const entries = [headerOf(chained('a', 'c', 1)), chained('b', 'c', 2)];
    expect(saidOf(send(memory, entries))).toEqual(['received', 'received']);
  });
});

/** The header of an entry whose words wait on the device. */
const heldOf = (entry: ChainedEntry) => ({ ...headerOf(entry), held: true });
const open = (entry: CheckedEntry): EntryToSettle => ({ entry, objection: null, mayErase: false });

describe('settling a held header', () => {
  it('gives way to the whole entry, once, with an answer of its own', () => {
    const memory = empty();
    const one = chained('a', 'c', 1);
    send(memory, [heldOf(one), chained('b', 'c', 2)]);
    expect(saidOf(send(memory, [heldOf(one)]))).toEqual(['repeated']);
    expect(saidOf(send(memory, [one]))).toEqual(['received']);
    expect(memory.rows.get('a')).toMatchObject({ jcs: one.jcs, wasHeld: false });
    expect(memory.chains.get('c')?.lastSeq).toBe(2);
    expect(saidOf(send(memory, [one, heldOf(one)]))).toEqual(['repeated', 'repeated']);
    expect(memory.rows.get('a')?.jcs).toBe(one.jcs);
  });

  it('gives way to nothing else than what it is the header of', () => {
    const memory = empty();
    const one = chained('a', 'c', 1);
    const wider = { ...heldOf(one), remains: { ...headerOf(one).remains, purposes: ['*'] } };
    send(memory, [wider]);
    expect(saidOf(send(memory, [one]))).toEqual(['decision-conflict']);
    expect(saidOf(send(memory, [chained('a', 'c', 1, 1, 'other salt')]))).toEqual([
      'decision-conflict',
    ]);
    expect(memory.rows.get('a')).toMatchObject({ jcs: null, wasHeld: true });
  });

  it('stays where something speaks against the whole entry', () => {
    const memory = empty();
    const one = chained('a', 'c', 1);
    send(memory, [heldOf(one)]);
    expect(saidOf(send(memory, [one], unknownPolicy))).toEqual(['policy-unknown']);
    expect(saidOf(send(memory, [one], unproven))).toEqual(['decision-unproven']);
    expect(memory.rows.get('a')).toMatchObject({ jcs: null, wasHeld: true });
    expect(saidOf(send(memory, [one]))).toEqual(['received']);
  });

  it('is not what any other header is: an erased, refused or discarded entry takes no words', () => {
    const erased = empty();
    const one = chained('a', 'c', 1);
    send(erased, [one]);
    send(erased, [headerOf(one)]);
    expect(saidOf(send(erased, [heldOf(one), one]))).toEqual(['repeated', 'repeated']);
    expect(erased.rows.get('a')?.jcs).toBeNull();

    const discarded = empty();
    send(discarded, [headerOf(one)]);
    expect(saidOf(send(discarded, [heldOf(one), one]))).toEqual(['repeated', 'repeated']);
    expect(discarded.rows.get('a')?.jcs).toBeNull();

    const refused = empty();
    send(refused, [one], unknownPolicy);
    expect(saidOf(send(refused, [heldOf(one), one]))).toEqual(['received', 'repeated']);
    expect(refused.rows.get('a')).toMatchObject({ jcs: null, wasHeld: false });
  });

  it('keeps the signature of the header where the whole entry comes without', () => {
    const memory = empty();
    const signature = { kid: 'k', signature: 's' };
    const one = chained('a', 'c', 1);
    const header = heldOf(one);
    send(memory, [{ ...header, link: { ...header.link, signature } }]);
    send(memory, [one]);
    expect(memory.rows.get('a')).toMatchObject({ jcs: one.jcs, signature });
  });
});

describe('settling what comes without a session', () => {
  it('erases nothing: whoever has seen an entry could make its header', () => {
    const memory = empty();
    const one = chained('a', 'c', 1);
    send(memory, [one]);
    expect(sendAll(memory, [open(headerOf(one))])).toMatchObject([
      { status: 'repeated', first: { receipt: 'first' } },
    ]);
    expect(memory.rows.get('a')?.jcs).toBe(one.jcs);
  });
});

describe('settling anything', () => {
  it('comes to the same rows whether sent at once, one by one or again', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const seq = fc.integer({ min: 1, max: 3 });
    const chain = fc.constantFrom('c', 'd');
    const salt = fc.constantFrom('', 'x');
    const linked = fc
      .tuple(id, chain, seq, salt)
      .map(([one, of, at, with_]) => chained(one, of, at, 1, with_));
    const any = fc.oneof(
      fc.tuple(id, seq, fc.constantFrom('x', 'y')).map(([one, at, jcs]) => bare(one, at, jcs)),
      linked,
      linked.map(headerOf),
      linked.map(heldOf),
    );
    const objection = fc.constantFrom(null, null, unproven, unknownPolicy);
    const sent = fc.record({ entry: any, objection, mayErase: fc.boolean() });
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 10 }), (all) => {
        // A header is never objected to.
        const entries = all.map((one) =>
          one.entry.form === 'header' ? { ...one, objection: null } : one,
        );
        const atOnce = empty();
        const said = saidOf(sendAll(atOnce, entries));
        const oneByOne = empty();
        expect(entries.flatMap((one) => saidOf(sendAll(oneByOne, [one])))).toEqual(said);
        expect(oneByOne).toEqual(atOnce);
        for (const [of, { firstSeq, lastSeq }] of atOnce.chains) {
          const hashes = [...atOnce.rows.values()].map((row) => row.entryHash);
          const places = hashes.filter((hash) => hash?.startsWith(of));
          expect(places).toHaveLength(lastSeq - firstSeq + 1);
        }
        const before = new Map(atOnce.rows);
        const again = sendAll(atOnce, entries);
        entries.forEach((_, index) => {
          if (said[index] === 'received') expect(again[index]?.status).toBe('repeated');
        });
        for (const [key, row] of before) {
          // Words never come back but in the place of a held header.
          if (row.jcs === null && !row.wasHeld) expect(atOnce.rows.get(key)?.jcs).toBeNull();
        }
      }),
      { numRuns: 2000 },
    );
  });
});
