import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushedSchema, type PushResult } from '../../../src-shared/api-contract.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import {
  serverProgram,
  type ServerProcess,
  type ServerProgram,
} from '../../support/server/server-process.js';
import { usePostgres } from '../../support/postgres/use-postgres.js';
import { bodyOf, call, createAccount, signIn } from '../server/support/client.js';
import { decision, decisionIn, pull, push } from '../server/support/decisions.js';
import { endableSession, ENDINGS } from '../server/support/endings.js';
import { listen } from '../server/support/event-stream.js';
import { keyedDevice } from '../server/support/keyed-device.js';
import { newChain } from '../server/support/signer.js';

const postgres = usePostgres();
let program: ServerProgram;
let nodes: [ServerProcess, ServerProcess];
let count = 0;
beforeAll(async () => {
  program = await serverProgram();
  const address = await postgres.newDatabase();
  // Both at once on an empty database: tables and signing key are made once.
  nodes = await Promise.all([
    program.start(['--database', address]),
    program.start(['--database', address]),
  ]);
});
afterAll(async () => {
  await program.remove();
});

describe('two servers on one database', () => {
  it('sign with one key though both began with none', async () => {
    const keys = await Promise.all(
      nodes.map(
        async ({ base }) => (await call(new URL('/.well-known/jwks.json', base).href)).text,
      ),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(JSON.parse(keys[0] ?? '')).toMatchObject({ keys: [{ kty: 'OKP' }] });
  });

  it('give ten equal requests at once ten good answers, one row, and one receipt byte for byte', async () => {
    const [one, other] = nodes;
    const { signer, token, me } = await keyedDevice(one.base, 'ada@example.org');
    const chain = newChain(signer);
    const body = { entries: [chain.next(decision(me, 1)), chain.next(decision(me, 2))] };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        call(`${(index % 2 ? one : other).base}/v1/decisions`, 'POST', { token, body }),
      ),
    );
    const results = answers.map((answer) => bodyOf(answer, pushedSchema).results);
    const receipts = new Set(results.map((them) => JSON.stringify(them.map((r) => r.receipt))));
    expect(receipts.size).toBe(1);
    const said = results.map((them) => them.map((result) => result.status).join());
    expect(said.toSorted()).toEqual(
      ['received,received', ...Array.from({ length: 9 }, () => 'repeated,repeated')].toSorted(),
    );
    expect((await pull(other.base, token)).entries).toHaveLength(2);
  });

  it.each(ENDINGS)('end the stream of a session that %s at the other one', async (_how, end) => {
    const [one, other] = nodes;
    count += 1;
    const email = `ends-${count}@example.org`;
    await createAccount(one.base, email);
    const session = await endableSession(one.base, email);
    const stream = await listen(other.base, session.token);
    await end(one.base, email, session);
    expect(await stream.next()).toMatchObject({ name: 'session-ended', data: { reason: 'ended' } });
    await stream.ended;
    // It was told, and did not find out by itself: that would have been at the next sign of life.
    expect(
      stream
        .raw()
        .split('\n\n')
        .filter((block) => block.startsWith(':')),
    ).toHaveLength(1);
  });

  it('let no reader pass an entry that is still on its way, however many write', async () => {
    const [one] = nodes;
    await createAccount(one.base, 'bob@example.org');
    const writers = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const device = { id: `writer-${index}`, name: 'Desk' };
        const { token, account } = await signIn(one.base, 'bob@example.org', { device });
        return { token, account, device: device.id, node: nodes[index % 2] ?? one };
      }),
    );
    const { token } = await signIn(one.base, 'bob@example.org', { device: { id: 'r', name: 'R' } });
    const state = { isWriting: true };
    const written: string[] = [];
    const writing = Promise.all(
      writers.map(async ({ token: own, account, device, node }, which) => {
        for (let seq = 1; seq <= 25;) {
          // Large and small requests, so that some commit late what they began early.
          const count = Math.min((which % 3) * 6 + 1, 26 - seq);
          const batch = Array.from({ length: count }, (_, at) =>
            decision(account.id, seq + at, { device, ...DENIAL }),
          );
          const results = await push(node.base, own, batch);
          for (const { id } of results) written.push(id ?? '');
          expect(results.every(({ status }) => status === 'received')).toBe(true);
          seq += count;
        }
      }),
    ).finally(() => (state.isWriting = false));
    const read: string[] = [];
    let cursor = '';
    for (let turn = 0, isLast = false; !isLast; turn += 1) {
      isLast = !state.isWriting;
      for (let more = true; more;) {
        const page = await pull((nodes[turn % 2] ?? one).base, token, `?after=${cursor}&limit=7`);
        read.push(...page.entries.map((entry) => decisionIn(entry)?.id ?? ''));
        ({ cursor, more } = page);
      }
    }
    await writing;
    expect(read).toHaveLength(100);
    expect(read.toSorted()).toEqual(written.toSorted());
  });

  it('lose nothing they have answered when one is killed under load, and the other goes on', async () => {
    const [one, other] = nodes;
    await createAccount(one.base, 'cyd@example.org');
    const received = new Map<string, string>();
    const devices = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const device = { id: `device-${index}`, name: 'Desk' };
        const { token, account } = await signIn(one.base, 'cyd@example.org', { device });
        return { token, account, device: device.id };
      }),
    );
    let sent = 0;
    let killed: Promise<void> | undefined;
    await Promise.all(
      devices.map(async ({ token, account, device }) => {
        let node = one;
        for (let seq = 1; seq <= 15; seq += 1) {
          const said = decision(account.id, seq, { device, ...DENIAL });
          // The client's way: send again, somewhere else, until there is an answer.
          let result: PushResult | undefined;
          while (!result) {
            sent += 1;
            if (sent === 20) killed = one.kill();
            [result] = await sendOnce(node, token, said);
            if (!result) node = other;
          }
          expect(['received', 'repeated']).toContain(result.status);
          received.set(said.id, fingerprint(result));
        }
      }),
    );
    await killed;
    expect(killed).toBeDefined();
    const { token } = devices[0] ?? { token: '' };
    const pulled = await pull(other.base, token, '?limit=500');
    const kept = pulled.entries.map(({ receipt, receivedAt, ...entry }) => [
      decisionIn({ receivedAt, ...entry })?.id,
      fingerprint({ receipt, receivedAt }),
    ]);
    expect(new Map(kept as [string, string][])).toEqual(received);
    expect(kept).toHaveLength(60);
    // What was acknowledged by the one that is gone is known to the other, receipt and all.
  });
});

const DENIAL: Partial<Decision> = { choices: { analytics: 'denied' } };

/** @returns nothing where no answer came, or one to come again. */
async function sendOnce(
  { base }: ServerProcess,
  token: string,
  said: Decision,
): Promise<PushResult[]> {
  const body = { entries: [{ decision: said }] };
  const answer = await call(`${base}/v1/decisions`, 'POST', { token, body }).catch(() => null);
  return answer && answer.status !== 503 ? bodyOf(answer, pushedSchema).results : [];
}

function fingerprint({ receipt, receivedAt }: Pick<PushResult, 'receipt' | 'receivedAt'>): string {
  return createHash('sha256')
    .update(JSON.stringify([receipt, receivedAt]))
    .digest('hex');
}
