import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { decision, decisionIn, pull, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { keysOf, openReceipt, receiptOf } from './support/receipts.js';
import { headerOf, newChain } from './support/signer.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

describe('a header', () => {
  it('erases the words of its decision, and devices that have read on hear of it', async () => {
    const { token, me, signer } = await keyedDevice(base, 'erase@example.org');
    const chain = newChain(signer);
    const entries = [1, 2, 3].map((seq) => chain.next(decision(me, seq)));
    const whole = entries[1];
    if (!whole) throw new Error('three were made');
    await pushEntries(base, token, entries);
    const { cursor } = await pull(base, token);
    server.clock.nowMs += 60_000;
    // Its signature is that of the decision; a header may come without it.
    const { kid, signature, ...unsigned } = headerOf(whole);
    const [erased] = await pushEntries(base, token, [unsigned]);
    expect(erased).toMatchObject({ id: whole.decision.id, status: 'received' });
    const receipt = receiptOf(erased);
    expect(receipt.leaf).toEqual({
      id: whole.decision.id,
      entryHash: whole.entryHash,
      type: 'header',
      signed: true,
    });
    const { statement } = await openReceipt(receipt, await keysOf(server.origin));
    expect(statement.receivedAt).toBe(erased?.receivedAt);
    const news = await pull(base, token, `?after=${cursor}`);
    expect(news.entries).toEqual([
      { ...unsigned, kid, signature, receivedAt: erased?.receivedAt, receipt },
    ]);
    const all = await pull(base, token);
    expect(all.entries.map((entry) => decisionIn(entry)?.seq)).toEqual([1, 3, undefined]);
    // Sent again, whole or not, it stays erased and the answer stays the same.
    const again = await pushEntries(base, token, [unsigned, whole]);
    expect(again).toEqual(Array(2).fill({ ...erased, status: 'repeated' }));
    const next = chain.next(decision(me, 4));
    expect((await pushEntries(base, token, [next]))[0]?.status).toBe('received');
    expect(await filesHold(whole.salt)).toBe(false);
    expect(await filesHold(entries[2]?.salt ?? '')).toBe(true);
  });

  it('takes the hashes of its decision along with the last one of its request', async () => {
    const { token, me, signer } = await keyedDevice(base, 'last@example.org');
    const chain = newChain(signer);
    const entries = [1, 2, 3].map((seq) => chain.next(decision(me, seq)));
    await pushEntries(base, token, entries);
    const batches = () =>
      server.database
        .prepare('select members from receipt_batches where account_id = ?')
        .pluck()
        .all(me);
    expect(batches()).toEqual([3]);
    const [first, ...others] = entries.map(headerOf);
    await pushEntries(base, token, [first]);
    expect(batches()).toEqual([2]);
    await pushEntries(base, token, others);
    expect(batches()).toEqual([2]);
    const { entries: left } = await pull(base, token);
    expect(left.map(({ receipt }) => receipt?.leaf.type)).toEqual(['header', 'header', 'header']);
    expect(new Set(left.map(({ receipt }) => receipt?.jws)).size).toBe(2);
    const erased = await call(`${base}/v1/account`, 'DELETE', { token });
    expect(erased.status).toBe(204);
    expect(batches()).toEqual([]);
  });

  it('erases nothing where it does not fit', async () => {
    const { token, me, signer } = await keyedDevice(base, 'fit@example.org');
    const other = await keyedDevice(base, 'fit-not@example.org');
    const chain = newChain(signer);
    const [one, two] = [1, 2].map((seq) => chain.next(decision(me, seq)));
    if (!one || !two) throw new Error('two were made');
    await pushEntries(base, token, [one, two]);
    const results = await pushEntries(base, token, [
      { ...headerOf(two), id: one.decision.id },
      { ...headerOf(one), purposes: ['advertising'] },
      { ...headerOf(two), id: decision(me, 9).id },
    ]);
    const types = results.map((result) => result.problem?.type);
    expect(types).toEqual(['chain-fork', 'decision-conflict', 'chain-fork']);
    const stolen = { ...headerOf(one), kid: undefined, signature: undefined };
    const [theirs] = await pushEntries(base, other.token, [stolen]);
    expect(theirs?.problem?.type).toBe('decision-not-yours');
    const { entries } = await pull(base, token);
    expect(entries.map(decisionIn)).toEqual([one.decision, two.decision]);
  });

  it('is what a grant refused for its policy leaves, and the chain goes on', async () => {
    const { token, me, signer } = await keyedDevice(base, 'policy@example.org');
    const chain = newChain(signer);
    const known = decision(me, 1);
    const policy = { ...known.policy, version: 'never' };
    const grant = chain.next({ ...known, policy });
    const denial = chain.next(decision(me, 2, { policy, choices: { analytics: 'denied' } }));
    const results = await pushEntries(base, token, [grant, denial]);
    expect(results.map((one) => one.problem?.type ?? one.status)).toEqual([
      'policy-unknown',
      'received',
    ]);
    expect(results[0]?.receipt).toBeUndefined();
    const [left, taken] = (await pull(base, token)).entries;
    expect(left).toEqual({ ...headerOf(grant), receivedAt: results[1]?.receivedAt });
    expect(taken && decisionIn(taken)).toEqual(denial.decision);
    const [again, header] = await pushEntries(base, token, [grant, headerOf(grant)]);
    expect(again?.problem?.type).toBe('policy-unknown');
    expect(header).toMatchObject({ status: 'received', receipt: { leaf: { type: 'header' } } });
    expect(await filesHold(grant.salt)).toBe(false);
  });

  it('holds a place for a decision that never came', async () => {
    const { token, me, signer } = await keyedDevice(base, 'held@example.org');
    const chain = newChain(signer);
    const header = headerOf(chain.next(decision(me, 1)));
    const entries = [header, chain.next(decision(me, 2))];
    const results = await pushEntries(base, token, entries);
    expect(results.map((one) => one.status)).toEqual(['received', 'received']);
    const [left] = (await pull(base, token)).entries;
    expect(left).toMatchObject(header);
  });

  it('takes the place of what it superseded, so that a signal which was answered does not come back', async () => {
    const { token, me, signer } = await keyedDevice(base, 'signal@example.org');
    const chain = newChain(signer);
    const choices = { advertising: 'denied' } as const;
    const signal = chain.next(decision(me, 1, { action: 'signal', choices }));
    const supersedes = { advertising: [signal.decision.id] };
    const answer = chain.next(decision(me, 2, { choices: { advertising: 'granted' }, supersedes }));
    await pushEntries(base, token, [signal]);
    expect((await pull(base, token)).flags.optOutSignal).toBe(true);
    // An erased signal goes on denying.
    await pushEntries(base, token, [headerOf(signal)]);
    expect((await pull(base, token)).flags.optOutSignal).toBe(true);
    await pushEntries(base, token, [headerOf(answer)]);
    expect((await pull(base, token)).flags.optOutSignal).toBe(false);
  });
});

/** Whether a text is still anywhere in the database's files, once its log has been written back. */
async function filesHold(text: string): Promise<boolean> {
  server.database.pragma('wal_checkpoint(TRUNCATE)');
  const folder = dirname(server.databaseFile);
  const files = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name))),
  );
  return files.some((bytes) => bytes.includes(text));
}
