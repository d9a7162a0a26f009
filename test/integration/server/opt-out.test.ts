import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { headIds } from '../../../src-shared/consent/effective-state.js';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';
import { newSigningKey } from '../../../src-server/keys/signing-key.js';
import { createSqliteStore, openSqliteFile } from '../../../src-server/store/sqlite.js';
import type { Store } from '../../../src-server/store/store.js';
import { signedIn } from './support/client.js';
import { decision, pull, push } from './support/decisions.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const PURPOSES = ['advertising', 'sale-or-sharing', '*'];

describe('the opt-out flag, asked by HTTP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.remove());

  it('is up while a signal is a head, whichever arrived first', async () => {
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    const choices = { advertising: 'denied', 'sale-or-sharing': 'denied' } as const;
    const signal = decision(account.id, 1, { action: 'signal', choices });
    const half = decision(account.id, 2, {
      choices: { advertising: 'granted' },
      supersedes: { advertising: [signal.id] },
    });
    const rest = decision(account.id, 3, {
      choices: { 'sale-or-sharing': 'granted' },
      supersedes: { 'sale-or-sharing': [signal.id] },
    });
    const flags: boolean[] = [];
    for (const one of [rest, signal, half]) {
      await push(base, token, [one]);
      flags.push((await pull(base, token)).flags.optOutSignal);
    }
    expect(flags).toEqual([false, true, false]);
  });
});

describe('the opt-out flag of a request', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.remove());

  it('is up for `Sec-GPC: 1` and for nothing else', async () => {
    const base = `${server.origin}/alpha`;
    const { token } = await signedIn(base);
    const said = async (field: string | null): Promise<boolean> => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(field === null ? {} : { 'sec-gpc': field }),
      };
      const answer = await fetch(`${base}/v1/decisions`, { headers });
      return ((await answer.json()) as { flags: { optOutSignal: boolean } }).flags.optOutSignal;
    };
    expect(await said('1')).toBe(true);
    for (const field of [null, '0', '01', '1;a', '1, 1', 'true', '?1', '"1"', '']) {
      expect([field, await said(field)]).toEqual([field, false]);
    }
  });
});

describe('the opt-out flag, against the merge rule', () => {
  let store: Store;
  beforeAll(async () => {
    store = await createSqliteStore(openSqliteFile(':memory:'), 0);
    await store.signingKeys.ensure(() => newSigningKey(randomBytes), 0);
  });
  afterAll(() => store.close());

  it('agrees with the heads of every history in every order of arrival', async () => {
    const step = fc.record({
      signal: fc.boolean(),
      purposes: fc.uniqueArray(fc.constantFrom(...PURPOSES), { minLength: 1 }),
      supersedes: fc.array(fc.tuple(fc.constantFrom(...PURPOSES), fc.nat({ max: 5 }))),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        async (steps, seed) => {
          const ids = steps.map(() => v7());
          const accountId = v7();
          await addAccount(store, accountId);
          const history = steps.map((one, index): Decision => {
            const supersedes: Record<string, string[]> = {};
            for (const [purpose, at] of one.supersedes) {
              const id = ids[at];
              if (id !== undefined && at !== index) (supersedes[purpose] ??= []).push(id);
            }
            return decision(accountId, index + 1, {
              id: ids[index] ?? v7(),
              action: one.signal ? 'signal' : 'withdraw',
              choices: Object.fromEntries(one.purposes.map((purpose) => [purpose, 'denied'])),
              supersedes,
            });
          });
          const turned = [
            ...history.slice(seed % steps.length),
            ...history.slice(0, seed % steps.length),
          ];
          const inOrder = seed % 2 === 0 ? turned : turned.toReversed();
          // One by one, or several in a request: then some come together with what they take the place of.
          const size = 1 + (seed % 3);
          for (let from = 0; from < inOrder.length; from += size) {
            const entries = inOrder.slice(from, from + size).map((one) => ({
              entry: { form: 'bare' as const, id: one.id, jcs: canonicalJson(one), decision: one },
              objection: null,
              mayErase: true,
            }));
            await store.decisions.take({
              sender: { accountId, deviceId: 'device-1' },
              entries,
              receivedAtMs: 0,
              issue: () => ({
                size: entries.length,
                textAt: () => '{}',
                jws: '',
                leafHashes: Buffer.alloc(0),
              }),
            });
          }
          const signals = new Set(
            history.filter((one) => one.action === 'signal').map((one) => one.id),
          );
          const expected = history
            .filter((one) => signals.has(one.id))
            .some((one) =>
              Object.keys(one.choices).some((purpose) =>
                headIds(history, purpose).includes(one.id),
              ),
            );
          expect(await store.decisions.hasStandingSignal(accountId)).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

async function addAccount(store: Store, id: string): Promise<void> {
  const email = `${id}@example.org`;
  const row = {
    id,
    service: 'alpha',
    email,
    email_key: email,
    password_hash: '',
    created_at_ms: 0,
  };
  await store.accounts.add(row);
}
