import { expect, it } from 'vitest';
import { call } from './support/client.js';
import { decision, pull, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { keysOf, openReceipt, receiptOf } from './support/receipts.js';
import { headerOf, newChain } from './support/signer.js';
import { startTestServer } from './support/test-server.js';

/** The receipts of an answer as they stand in its bytes. */
const receiptsIn = (text: string): string[] =>
  [...text.matchAll(/"receipt":(\{"leaf":\{[^}]*\}[^}]*\})/g)].map(([, receipt = '']) => receipt);

it('receipts of a batch are the same bytes when sent, repeated and pulled, also by the next server on the same data', async () => {
  let server = await startTestServer();
  try {
    let base = `${server.origin}/alpha`;
    const { token, me, signer } = await keyedDevice(base, 'ada@example.org');
    const chain = newChain(signer);
    const denial = { action: 'withdraw', choices: { '*': 'denied' } } as const;
    const unsigned = newChain(null);
    const entries = [
      ...[1, 2, 3].map((seq) => chain.next(decision(me, seq))),
      headerOf(chain.next(decision(me, 4))),
      chain.next(decision(me, 5, denial)),
      unsigned.next(decision(me, 6, denial)),
      { decision: decision(me, 7, denial) },
    ];
    const said = async (body: unknown): Promise<string> => {
      const answer = await call(`${base}/v1/decisions`, 'POST', { token, body });
      return answer.text;
    };
    const sent = receiptsIn(await said({ entries }));
    expect(sent).toHaveLength(entries.length);
    const keys = await keysOf(server.origin);
    for (const text of sent) await openReceipt(JSON.parse(text) as never, keys);
    expect(sent.map((text) => JSON.parse(text) as unknown)).toEqual(
      (await pull(base, token)).entries.map((entry) => entry.receipt),
    );
    server = await server.restart();
    base = `${server.origin}/alpha`;
    // One of them alone, some in another order with something new, and all.
    expect(receiptsIn(await said({ entries: [entries[2]] }))).toEqual([sent[2]]);
    const mixed = await said({ entries: [entries[6], chain.next(decision(me, 6)), entries[0]] });
    const [last, , first] = receiptsIn(mixed);
    expect([last, first]).toEqual([sent[6], sent[0]]);
    expect(receiptsIn(await said({ entries }))).toEqual(sent);
    const pulled = await call(`${base}/v1/decisions?limit=${entries.length}`, 'GET', { token });
    expect(receiptsIn(pulled.text)).toEqual(sent);
  } finally {
    await server.remove();
  }
});

it('receipts of a batch outlive the erasure of others in it', async () => {
  const server = await startTestServer();
  try {
    const base = `${server.origin}/alpha`;
    const { token, me, signer } = await keyedDevice(base, 'ada@example.org');
    const chain = newChain(signer);
    const entries = [1, 2, 3, 4].map((seq) => chain.next(decision(me, seq)));
    const [, second, third, fourth] = await pushEntries(base, token, entries);
    const headers = entries.map(headerOf);
    // The first alone, then two at once: what is left of them gets receipts of their own, in a batch of their own.
    const [erased] = await pushEntries(base, token, headers.slice(0, 1));
    const two = await pushEntries(base, token, headers.slice(1, 3));
    expect(receiptOf(two[1]).jws).not.toBe(receiptOf(third).jws);
    const { entries: left } = await pull(base, token);
    const receipts = [fourth, erased, ...two].map(receiptOf);
    expect(left.map((entry) => entry.receipt)).toEqual(receipts);
    expect(receiptOf(second).jws).toBe(receiptOf(fourth).jws);
    const keys = await keysOf(server.origin);
    for (const receipt of receipts) await openReceipt(receipt, keys);
  } finally {
    await server.remove();
  }
});
