import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushedSchema } from '../../../src-shared/api-contract.js';
import { briefAnswerSchema } from '../../../src-shared/brief-answer.js';
import { bodyOf, call } from './support/client.js';
import { decision, pull } from './support/decisions.js';
import { keyedDevice, type KeyedDevice } from './support/keyed-device.js';
import { keysOf, openReceipt, receiptOf } from './support/receipts.js';
import { newChain } from './support/signer.js';
import { startTestServer } from './support/test-server.js';

type Server = Awaited<ReturnType<typeof startTestServer>>;
let server: Server;
let base: string;
let people = 0;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

const someone = () => keyedDevice(base, `brief-${(people += 1)}@example.org`);

function send({ token }: KeyedDevice, entries: readonly unknown[], prefer = 'return=minimal') {
  const headers = { prefer };
  return call(`${base}/v1/decisions`, 'POST', { token, body: { entries }, headers });
}

describe('whoever prefers few words', () => {
  it('gets the one signature for entries that are all new, and it holds for exactly these', async () => {
    const ada = await someone();
    const chain = newChain(ada.signer);
    const entries = [1, 2, 3].map((seq) => chain.next(decision(ada.me, seq)));
    const answer = await send(ada, entries);
    expect(answer.headers.get('preference-applied')).toBe('return=minimal');
    const { batch } = bodyOf(answer, briefAnswerSchema);
    const pulled = (await pull(base, ada.token)).entries;
    expect(pulled.map(({ receivedAt }) => receivedAt)).toEqual(entries.map(() => batch.receivedAt));
    const keys = await keysOf(server.origin);
    for (const [index, { receipt }] of pulled.entries()) {
      expect(receipt).toMatchObject({ jws: batch.jws, index });
      if (!receipt) throw new Error('there is one');
      expect((await openReceipt(receipt, keys)).statement).toMatchObject({
        size: 3,
        receivedAt: batch.receivedAt,
      });
    }
    // Again: each has the answer of the first time, which is not said in few words.
    const again = await send(ada, entries);
    expect(again.headers.get('preference-applied')).toBeNull();
    const { results } = bodyOf(again, pushedSchema);
    expect(results.map(({ status }) => status)).toEqual(entries.map(() => 'repeated'));
    expect(results.map((result) => receiptOf(result))).toEqual(
      pulled.map(({ receipt }) => receipt),
    );
  });

  it('gets a result for each where one is refused, forged, broken or said twice', async () => {
    const spoilt: ((ada: KeyedDevice, chain: ReturnType<typeof newChain>) => unknown)[] = [
      ({ me }) => ({ decision: { ...decision(me, 2), seq: 0 } }),
      (_, chain) => chain.next(decision('somebody-else', 2)),
      ({ me }, chain) => ({ ...chain.next(decision(me, 2)), signature: 'A'.repeat(86) }),
      ({ me }, chain) => chain.next(decision(me, 9)),
    ];
    for (const spoil of spoilt) {
      const ada = await someone();
      const chain = newChain(ada.signer);
      const good = chain.next(decision(ada.me, 1));
      const { results } = bodyOf(await send(ada, [good, spoil(ada, chain)]), pushedSchema);
      expect(results.map(({ status }) => status)).toEqual(['received', 'refused']);
    }
    const ada = await someone();
    const one = newChain(ada.signer).next(decision(ada.me, 1));
    const { results } = bodyOf(await send(ada, [one, one]), pushedSchema);
    expect(results.map(({ status }) => status)).toEqual(['received', 'repeated']);
  });
});

it('nobody else gets few words', async () => {
  for (const prefer of ['return=representation', 'respond-async', '']) {
    const ada = await someone();
    const answer = await send(ada, [newChain(ada.signer).next(decision(ada.me, 1))], prefer);
    expect(bodyOf(answer, pushedSchema).results).toMatchObject([{ status: 'received' }]);
    expect(answer.headers.get('preference-applied')).toBeNull();
  }
});
