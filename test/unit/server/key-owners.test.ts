import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { CHAIN_START } from '../../../src-shared/ledger/entry.js';
import {
  headerOf,
  type ChainedEntry,
  type CheckedEntry,
} from '../../../src-server/decisions/entry.js';
import { ownersAmong, type KeyOwner } from '../../../src-server/decisions/key-owners.js';

const ACCOUNTS = ['ada', 'eve'];
const DEVICES = ['d1', 'd2'];

interface Sample {
  readonly subject: string;
  readonly device: string;
  readonly service: string;
  readonly choice: 'granted' | 'denied';
  readonly kid: string | null;
  readonly chain: string;
  readonly isGood: boolean;
  readonly form: 'chained' | 'header' | 'bare';
}

function entryOf(sample: Sample, index: number): CheckedEntry {
  const { subject, device, service, choice, kid, chain, isGood, form } = sample;
  const decision: Decision = {
    v: 1,
    id: `id${index}`,
    service,
    subject,
    device,
    seq: 2 * index,
    at: '2026-11-22T10:00:00Z',
    action: 'save',
    surface: 'settings',
    choices: { analytics: choice },
    supersedes: {},
    policy: { version: '1', lang: 'en', sha256: '0'.repeat(64) },
  };
  if (form === 'bare') return { form, id: decision.id, decision, jcs: '' };
  const signature = kid === null ? null : { kid, signature: isGood ? 'good' : 'bad' };
  const header = { v: 1, chain, seq: 2 * index, prev: CHAIN_START, payloadHash: '' } as const;
  const link = { ...header, entryHash: `h${index}`, signature };
  const whole: ChainedEntry = {
    form: 'chained',
    id: decision.id,
    decision,
    jcs: '',
    salt: '',
    link,
  };
  return form === 'chained' ? whole : headerOf(whole);
}

const sample: fc.Arbitrary<Sample> = fc.record({
  subject: fc.constantFrom(...ACCOUNTS, 'nobody'),
  device: fc.constantFrom(...DEVICES),
  service: fc.constantFrom('alpha', 'alpha', 'beta'),
  choice: fc.constantFrom('granted', 'denied'),
  kid: fc.constantFrom('k1', 'k2', 'k3', null),
  chain: fc.constantFrom('c', 'e'),
  isGood: fc.boolean(),
  form: fc.constantFrom('chained', 'header', 'bare'),
});
const owner = fc.record({
  accountId: fc.constantFrom(...ACCOUNTS),
  deviceId: fc.constantFrom(...DEVICES),
});
const ownersByKid = fc.dictionary(fc.constantFrom('k1', 'k2'), fc.array(owner, { maxLength: 2 }));

describe('whose an entry without a session is', () => {
  it('is only ever a device of that key, which the entry names itself or which is the only one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { maxLength: 8 }), ownersByKid, async (samples, owners) => {
        const entries = samples.map(entryOf);
        const ownersOf = (kid: string): readonly KeyOwner[] => owners[kid] ?? [];
        const found = await ownersAmong(entries, 'alpha', ownersOf, ({ kid, signature }) =>
          Promise.resolve(ownersOf(kid).length > 0 && signature === 'good'),
        );
        expect(found).toHaveLength(entries.length);
        samples.forEach((one, index) => {
          const whose = found[index];
          if (!whose) return;
          expect(one.form).not.toBe('bare');
          expect(one.isGood).toBe(true);
          expect(ownersOf(one.kid ?? '')).toContainEqual(whose);
          if (one.form !== 'chained') return;
          expect(one).toMatchObject({
            choice: 'denied',
            service: 'alpha',
            subject: whose.accountId,
            device: whose.deviceId,
          });
        });
        // And nothing that is proven is left out: a good denial that names a device of its key.
        samples.forEach((one, index) => {
          const isOwn = ownersOf(one.kid ?? '').some(
            ({ accountId, deviceId }) => accountId === one.subject && deviceId === one.device,
          );
          const isDenial = one.form === 'chained' && one.choice === 'denied';
          if (isDenial && isOwn && one.isGood && one.service === 'alpha') {
            expect(found[index]).not.toBeNull();
          }
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a header for that of the only device, or of the one whose denial stands in its chain', async () => {
    const base = { device: 'd1', service: 'alpha', kid: 'k1', chain: 'c', isGood: true } as const;
    const header = { ...base, subject: 'ada', choice: 'granted', form: 'header' } as const;
    const denial = { ...base, subject: 'eve', choice: 'denied', form: 'chained' } as const;
    const [ada, eve] = ACCOUNTS.map((accountId) => ({ accountId, deviceId: 'd1' }));
    if (!ada || !eve) throw new Error('there are two');
    const whose = (samples: readonly Sample[], owners: readonly KeyOwner[]) =>
      ownersAmong(
        samples.map(entryOf),
        'alpha',
        () => owners,
        () => Promise.resolve(true),
      );
    expect(await whose([header], [ada])).toEqual([ada]);
    expect(await whose([header], [ada, eve])).toEqual([null]);
    expect(await whose([header, denial], [ada, eve])).toEqual([eve, eve]);
    expect(await whose([header, { ...denial, chain: 'other' }], [ada, eve])).toEqual([null, eve]);
  });
});
