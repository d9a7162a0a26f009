import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, createAccount, problemIn, signInBody, signIn } from './support/client.js';
import { decision, pull, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { headerOf, linkOf, newChain, newSigner } from './support/signer.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;
let accounts = 0;
const newEmail = (): string => `person-${(accounts += 1)}@example.org`;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

const denial = { action: 'withdraw', choices: { '*': 'denied' } } as const;
const typesOf = (results: Awaited<ReturnType<typeof pushEntries>>): string[] =>
  results.map((one) => one.problem?.type ?? one.status);

describe('a chain of signed entries', () => {
  it('is taken, given back as it was sent, and the same byte for byte when sent ten times at once', async () => {
    const { token, me, signer } = await keyedDevice(base, newEmail());
    const chain = newChain(signer);
    const entries = [4, 5, 6].map((seq) => chain.next(decision(me, seq)));
    const first = await pushEntries(base, token, entries);
    expect(typesOf(first)).toEqual(['received', 'received', 'received']);
    expect(first.map((one) => one.receipt?.leaf)).toEqual(
      entries.map((entry) => ({
        id: entry.decision.id,
        entryHash: entry.entryHash,
        type: 'consent',
        signed: true,
      })),
    );
    server.clock.nowMs += 1000;
    const again = await Promise.all(
      Array.from({ length: 10 }, () => pushEntries(base, token, entries)),
    );
    const repeated = first.map((one) => ({ ...one, status: 'repeated' }));
    const text = JSON.stringify(repeated);
    expect(again.map((results) => JSON.stringify(results))).toEqual(Array(10).fill(text));
    const pulled = await pull(base, token);
    expect(pulled.entries).toEqual(
      entries.map((entry, index) => ({
        ...entry,
        receivedAt: first[index]?.receivedAt,
        receipt: first[index]?.receipt,
      })),
    );
    expect(pulled.keys).toEqual([{ ...signer.publicKey, kid: signer.kid, device: 'device-1' }]);
  });

  it('is taken once when it first comes ten times at once', async () => {
    const { token, me, signer } = await keyedDevice(base, newEmail());
    const entries = [newChain(signer).next(decision(me, 1))];
    const all = await Promise.all(
      Array.from({ length: 10 }, () => pushEntries(base, token, entries)),
    );
    expect(typesOf(all.flat()).toSorted()).toEqual([
      'received',
      ...Array<string>(9).fill('repeated'),
    ]);
    expect(new Set(all.flat().map((one) => JSON.stringify(one.receipt))).size).toBe(1);
    expect((await pull(base, token)).entries).toHaveLength(1);
  });

  it('goes on from request to request and refuses forks, gaps and wrong links', async () => {
    const { token, me, signer } = await keyedDevice(base, newEmail());
    const chain = newChain(signer);
    const first = chain.next(decision(me, 1));
    await pushEntries(base, token, [first]);
    const backup = newChain(signer, chain.chain);
    const fork = backup.next(decision(me, 1));
    const second = chain.next(decision(me, 2));
    const loose = { ...decision(me, 2) };
    const unlinked = newChain(signer, chain.chain).next(loose);
    chain.next(decision(me, 3));
    const gap = chain.next(decision(me, 4));
    const started = { ...newChain(signer).next(decision(me, 9)) };
    const halfway = {
      decision: started.decision,
      salt: started.salt,
      ...linkOf(signer, {
        chain: 'never-begun',
        seq: 9,
        prev: 'f'.repeat(64),
        payloadHash: headerOf(started).payloadHash,
      }),
    };
    const results = await pushEntries(base, token, [fork, unlinked, gap, halfway, second]);
    expect(typesOf(results)).toEqual([...Array<string>(4).fill('chain-fork'), 'received']);
    const details = results.map((one) => one.problem?.detail ?? '');
    expect(details[0]).toContain('holds this place');
    expect(details[1]).toContain('not the hash of the entry before');
    expect(details[2]).toContain('gap, 2 would be next');
    expect(details[3]).toContain('64 zeros');
  });

  it('belongs to one device of one account for ever', async () => {
    const email = newEmail();
    const desk = await keyedDevice(base, email);
    const chain = newChain(desk.signer);
    await pushEntries(base, desk.token, [chain.next(decision(desk.me, 1))]);
    const phone = await keyedDevice(base, email, { create: false, id: 'device-2' });
    const other = await keyedDevice(base, newEmail());
    const seen = chain.next(decision(desk.me, 2));
    const { payloadHash } = headerOf(seen);
    const header = { chain: chain.chain, seq: 2, prev: seen.prev, payloadHash };
    for (const { token, signer, me } of [phone, other]) {
      const device = token === phone.token ? 'device-2' : 'device-1';
      const theirs = decision(me, 2, { device });
      const taken = { ...headerOf(seen), id: theirs.id, ...linkOf(signer, header) };
      const own = newChain(signer, chain.chain).next(theirs);
      const results = await pushEntries(base, token, [taken, own]);
      expect(typesOf(results)).toEqual(['decision-not-yours', 'decision-not-yours']);
    }
    expect(typesOf(await pushEntries(base, desk.token, [seen]))).toEqual(['received']);
  });

  it('may be signed by an earlier key of the device, but by no other device’s or account’s', async () => {
    const email = newEmail();
    const before = await keyedDevice(base, email);
    const now = await keyedDevice(base, email, { create: false });
    const phone = await keyedDevice(base, email, { create: false, id: 'device-2' });
    const other = await keyedDevice(base, newEmail());
    const send = async (signer: typeof now.signer, seq: number) =>
      typesOf(
        await pushEntries(base, now.token, [newChain(signer).next(decision(now.me, seq, denial))]),
      );
    expect(await send(now.signer, 1)).toEqual(['received']);
    expect(await send(before.signer, 2)).toEqual(['received']);
    for (const signer of [phone.signer, other.signer, newSigner()]) {
      expect(await send(signer, 3)).toEqual(['decision-unproven']);
    }
    const { keys } = await pull(base, now.token);
    expect(keys.map((key) => [key.kid, key.device]).toSorted()).toEqual(
      [
        [before.signer.kid, 'device-1'],
        [now.signer.kid, 'device-1'],
        [phone.signer.kid, 'device-2'],
      ].toSorted(),
    );
  });

  it('is refused with a forged signature, alone or at the end of a run, and what went before is not', async () => {
    const { token, me, signer } = await keyedDevice(base, newEmail());
    const chain = newChain(signer);
    const forge = (entry: ReturnType<typeof chain.next>) => ({
      ...entry,
      signature: newSigner().signatureOf(entry.entryHash),
    });
    const [one, two, three] = [1, 2, 3].map((seq) => chain.next(decision(me, seq, denial)));
    if (!one || !two || !three) throw new Error('three were made');
    expect(typesOf(await pushEntries(base, token, [forge(one)]))).toEqual(['decision-unproven']);
    expect(typesOf(await pushEntries(base, token, [one, two, forge(three)]))).toEqual([
      'received',
      'received',
      'decision-unproven',
    ]);
    expect(typesOf(await pushEntries(base, token, [forge(two), three]))).toEqual([
      'repeated',
      'received',
    ]);
  });
});

describe('a device with a key', () => {
  it('is taken no grant it has not signed, in a chain or bare, but every denial', async () => {
    const { token, me } = await keyedDevice(base, newEmail());
    const chain = newChain(null);
    const grant = newChain(null).next(decision(me, 1));
    const results = await pushEntries(base, token, [
      grant,
      { decision: decision(me, 1) },
      { decision: decision(me, 2, { action: 'acknowledge', choices: {} }) },
      { decision: decision(me, 3, denial) },
      chain.next(decision(me, 4, denial)),
      headerOf(chain.next(decision(me, 5))),
    ]);
    expect(typesOf(results)).toEqual([
      ...Array<string>(3).fill('decision-unproven'),
      ...Array<string>(3).fill('received'),
    ]);
    expect(results.map((one) => one.receipt?.leaf.signed)).toEqual([
      undefined,
      undefined,
      undefined,
      false,
      false,
      false,
    ]);
  });

  it('stays one for a session without a key, and its earlier bare decisions get their old answer', async () => {
    const email = newEmail();
    await createAccount(base, email);
    const plain = await signIn(base, email);
    const me = plain.account.id;
    const grant = decision(me, 1);
    const [first] = await pushEntries(base, plain.token, [{ decision: grant }]);
    expect(first).toMatchObject({ status: 'received', receipt: { leaf: { signed: false } } });
    await keyedDevice(base, email, { create: false });
    const results = await pushEntries(base, plain.token, [
      { decision: grant },
      { decision: decision(me, 2) },
    ]);
    expect(results[0]).toEqual({ ...first, status: 'repeated' });
    expect(typesOf(results)).toEqual(['repeated', 'decision-unproven']);
  });

  it('cannot sign in with a key that is none', async () => {
    const email = newEmail();
    await createAccount(base, email);
    // 43 characters leave two bits that no byte uses; set, they would give one key two ids.
    for (const x of ['B'.repeat(43), 'A'.repeat(42)]) {
      const device = { id: 'device-1', name: 'Desk', publicKey: newSigner().publicKey };
      const body = signInBody(email, {
        device: { ...device, publicKey: { ...device.publicKey, x } },
      });
      const answer = await call(`${base}/v1/sessions`, 'POST', { body });
      expect(problemIn(answer)).toMatchObject({ type: 'bad-request', status: 400 });
    }
  });
});

describe('an entry that contradicts itself', () => {
  it('is malformed, and names the member', async () => {
    const { token, me, signer } = await keyedDevice(base, newEmail());
    const good = newChain(signer).next(decision(me, 1));
    const { salt, signature, kid, chain, ...rest } = good;
    const otherSalt = randomBytes(32).toString('base64url');
    const broken: [unknown, string][] = [
      [{ ...good, salt: otherSalt }, 'entryHash'],
      [{ ...good, prev: 'f'.repeat(64) }, 'entryHash'],
      [{ ...good, decision: { ...good.decision, surface: 'banner' } }, 'entryHash'],
      [{ ...headerOf(good), seq: 2 }, 'entryHash'],
      [{ ...rest, salt, chain, kid }, 'signature'],
      [{ ...rest, salt, chain, signature }, 'kid'],
      [{ ...rest, chain, kid, signature }, 'salt'],
      [{ ...rest, salt, kid, signature }, 'chain'],
      [{ decision: good.decision, salt }, 'chain'],
      [{ decision: good.decision, extra: 1 }, 'extra'],
      [{ ...good, salt: `${salt.slice(0, 42)}B` }, 'salt'],
      [{ ...headerOf(good), purposes: undefined }, 'purposes'],
      [{ ...headerOf(good), salt }, 'salt'],
    ];
    const results = await pushEntries(
      base,
      token,
      broken.map(([entry]) => entry),
    );
    expect(typesOf(results)).toEqual(broken.map(() => 'decision-malformed'));
    results.forEach((one, index) => {
      expect(one.problem?.detail).toContain(broken[index]?.[1]);
      expect(one.id).toBe(good.decision.id);
    });
    expect(typesOf(await pushEntries(base, token, [good]))).toEqual(['received']);
  });
});
