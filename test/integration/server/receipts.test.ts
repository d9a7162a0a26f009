import { describe, expect, it } from 'vitest';
import { bareHashOf } from '../../../src-shared/ledger/entry.js';
import { newSigningKey } from '../../../src-server/keys/signing-key.js';
import { sha256 } from '../../../src-server/keys/sha256.js';
import { createHash, randomBytes } from 'node:crypto';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { call, signedIn } from './support/client.js';
import { decision, pull, push, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { keysOf, openReceipt, receiptOf } from './support/receipts.js';
import { jcs, newChain } from './support/signer.js';
import { startTestServer } from './support/test-server.js';

describe('receipts', () => {
  it('of a batch hang on one signature, which `jose` takes with the published keys', async () => {
    const server = await startTestServer();
    try {
      const base = `${server.origin}/alpha`;
      const { token, me, signer } = await keyedDevice(base, 'ada@example.org');
      const chain = newChain(signer);
      const denial = { action: 'withdraw', choices: { '*': 'denied' } } as const;
      const acknowledgement = { action: 'acknowledge', surface: 'notice', choices: {} } as const;
      const entries = [
        ...[1, 2, 3, 4].map((seq) => chain.next(decision(me, seq))),
        chain.next(decision(me, 5, denial)),
        'nonsense',
        chain.next(decision(me, 6, acknowledgement)),
      ];
      const results = await pushEntries(base, token, entries);
      const taken = results.filter((one) => one.status === 'received');
      const receipts = taken.map(receiptOf);
      const keys = await keysOf(server.origin);
      const opened = await Promise.all(receipts.map((one) => openReceipt(one, keys)));
      expect(new Set(receipts.map((one) => one.jws)).size).toBe(1);
      expect(opened[0]?.protectedHeader).toEqual({
        alg: 'Ed25519',
        typ: 'sayso-receipt+jws',
        kid: keys.keys[0]?.kid,
      });
      expect(opened[0]?.statement).toEqual({
        v: 1,
        iss: fixtureProfile('alpha').manifest.baseAddress,
        service: 'alpha',
        receivedAt: new Date(server.clock.nowMs).toISOString(),
        size: 6,
        root: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
      expect(receipts.map((one) => one.leaf.type)).toEqual([
        ...Array<string>(4).fill('consent'),
        'refusal',
        'acknowledgement',
      ]);
      const [first, second] = receipts;
      if (!first || !second) throw new Error('six were taken');
      const moved = { ...first, leaf: { ...first.leaf, type: 'refusal' as const } };
      await expect(openReceipt(moved, keys)).rejects.toThrow('not in the batch');
      const turned = { ...first, jws: first.jws.replace('.', '.A') };
      await expect(openReceipt(turned, keys)).rejects.toThrow();
    } finally {
      await server.remove();
    }
  });

  it('of a bare decision names the hash of its words', async () => {
    const server = await startTestServer();
    try {
      const base = `${server.origin}/alpha`;
      const { token, account } = await signedIn(base);
      const sent = decision(account.id, 1);
      const [result] = await push(base, token, [sent]);
      const bytes = Buffer.concat([Buffer.from('SAYSO-BARE-V1\0'), Buffer.from(jcs(sent))]);
      const entryHash = createHash('sha256').update(bytes).digest('hex');
      expect(receiptOf(result).leaf).toEqual({
        id: sent.id,
        entryHash,
        type: 'consent',
        signed: false,
      });
      expect(bareHashOf(sha256, jcs(sent))).toBe(entryHash);
    } finally {
      await server.remove();
    }
  });

  it('stay good when the key changes, and repeats keep the receipt of the first time', async () => {
    let server = await startTestServer();
    try {
      const base = () => `${server.origin}/alpha`;
      const { token, account } = await signedIn(base());
      const sent = decision(account.id, 1);
      const [first] = await push(base(), token, [sent]);
      const [old] = (await keysOf(server.origin)).keys;
      server.clock.nowMs += 1000;
      // As the command does it, in the same file while the server runs.
      const next = newSigningKey(randomBytes);
      const retired = await server.store.signingKeys.rotate(next, server.clock.nowMs);
      expect(retired).toBe(old?.kid);
      const [second] = await push(base(), token, [decision(account.id, 2)]);
      const keys = await keysOf(server.origin);
      expect(keys.keys.map((key) => key.kid)).toEqual([next.kid, retired]);
      const rows = (await server.tables()).get('signing_keys') ?? [];
      expect(new Map(rows.map((row) => [row['kid'], row['retired_at_ms']]))).toEqual(
        new Map([
          [retired, server.clock.nowMs],
          [next.kid, null],
        ]),
      );
      const open = (result: typeof first) => openReceipt(receiptOf(result), keys);
      expect((await open(first)).protectedHeader.kid).toBe(retired);
      expect((await open(second)).protectedHeader.kid).toBe(next.kid);
      server = await server.restart();
      expect(await keysOf(server.origin)).toEqual(keys);
      const [again] = await push(base(), token, [sent]);
      expect(JSON.stringify(again)).toBe(JSON.stringify({ ...first, status: 'repeated' }));
      const pulled = (await pull(base(), token)).entries;
      expect(pulled.map((entry) => entry.receipt)).toEqual([first?.receipt, second?.receipt]);
    } finally {
      await server.remove();
    }
  });
});

describe('the published keys', () => {
  it('hold nothing private and are not to be kept for long', async () => {
    const server = await startTestServer();
    try {
      const answer = await call(`${server.origin}/.well-known/jwks.json`);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
      const [key] = (JSON.parse(answer.text) as { keys: object[] }).keys;
      expect(Object.keys(key ?? {}).toSorted()).toEqual(['crv', 'kid', 'kty', 'x']);
    } finally {
      await server.remove();
    }
  });
});
