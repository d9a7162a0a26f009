import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pushedSchema, type PushResult } from '../../../src-shared/api-contract.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { DEFAULT_LIMITS } from '../../../src-server/auth/limits.js';
import { bodyOf, call, problemIn } from './support/client.js';
import { decision, decisionIn, pull, pushEntries } from './support/decisions.js';
import { listen } from './support/event-stream.js';
import { keyedDevice, type KeyedDevice } from './support/keyed-device.js';
import { keysOf, openReceipt, receiptOf } from './support/receipts.js';
import { headerOf, newChain, newSigner, type SentEntry } from './support/signer.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

let ada: KeyedDevice;
let eve: KeyedDevice;
beforeEach(async () => {
  server.clock.nowMs += 15 * 60_000;
  count += 1;
  ada = await keyedDevice(base, `ada-${count}@example.org`);
  eve = await keyedDevice(base, `eve-${count}@example.org`);
});

const denial = (me: string, seq: number, changes: Partial<Decision> = {}) =>
  decision(me, seq, { choices: { analytics: 'denied' }, ...changes });

/** Sends entries without any token. */
async function pushOpen(entries: readonly unknown[], at = base): Promise<PushResult[]> {
  const answer = await call(`${at}/v1/decisions`, 'POST', { body: { entries } });
  return bodyOf(answer, pushedSchema).results;
}
const saidOf = (results: readonly PushResult[]) =>
  results.map((one) => one.problem?.type ?? one.status);
const decisionsOf = async ({ token }: KeyedDevice) =>
  (await pull(base, token)).entries.map(decisionIn);

describe('a signed denial without a session', () => {
  it('is taken, proven by a receipt, told to the other devices, and repeated with the same answer', async () => {
    const { token, me, signer } = ada;
    const entry = newChain(signer).next(denial(me, 1));
    const stream = await listen(base, token);
    const [result] = await pushOpen([entry]);
    expect(result?.status).toBe('received');
    const receipt = receiptOf(result);
    expect(receipt.leaf).toMatchObject({ type: 'refusal', signed: true });
    const { statement } = await openReceipt(receipt, await keysOf(server.origin));
    expect(statement.receivedAt).toBe(result?.receivedAt);
    expect((await stream.next()).name).toBe('decisions');
    stream.close();
    expect(await decisionsOf(ada)).toEqual([entry.decision]);
    server.clock.nowMs += 1000;
    const again = { ...result, status: 'repeated' };
    expect(await pushOpen([entry])).toEqual([again]);
    expect(await pushEntries(base, token, [entry])).toEqual([again]);
  });

  it.each([
    ['has expired', () => Promise.resolve((server.clock.nowMs += 31 * 86_400_000))],
    ['was signed out', () => call(`${base}/v1/session`, 'DELETE', { token: ada.token })],
  ])('is taken of a device whose session %s', async (_what, end) => {
    await end();
    const entry = newChain(ada.signer).next(denial(ada.me, 1));
    expect(saidOf(await pushOpen([entry]))).toEqual(['received']);
  });

  it('is taken whatever policy it names, and for everything at once', async () => {
    const chain = newChain(ada.signer);
    const policy = { version: 'never', lang: 'en', sha256: 'f'.repeat(64) };
    const entries = [
      chain.next(denial(ada.me, 1, { policy })),
      chain.next(denial(ada.me, 2, { action: 'withdraw', choices: { '*': 'denied' } })),
      chain.next(denial(ada.me, 3, { action: 'signal', choices: { advertising: 'denied' } })),
    ];
    expect(saidOf(await pushOpen(entries))).toEqual(Array(3).fill('received'));
    expect((await pull(base, ada.token)).flags.optOutSignal).toBe(true);
  });

  it('comes with those of other devices and accounts in one request, each judged for itself', async () => {
    const phone = await keyedDevice(base, `ada-${count}@example.org`, {
      create: false,
      id: 'device-2',
    });
    const entries = [ada, eve, phone].flatMap(({ signer, me }, index) => {
      const chain = newChain(signer);
      const device = index === 2 ? 'device-2' : 'device-1';
      return [1, 2].map((seq) => chain.next(denial(me, seq, { device })));
    });
    const mixed = [0, 2, 4, 1, 3, 5].map((index) => entries[index]);
    expect(saidOf(await pushOpen(mixed))).toEqual(Array(6).fill('received'));
    expect(await decisionsOf(ada)).toHaveLength(4);
    expect(await decisionsOf(eve)).toHaveLength(2);
  });
});

describe('without a session nothing else is taken, and everything else looks alike', () => {
  it('refuses grants, acknowledgements, what is unsigned or not in a chain, and what nobody signed', async () => {
    const { me, signer } = ada;
    const at = (seq: number) => newChain(signer).next(denial(me, seq));
    const stranger = newSigner();
    const entries = {
      grant: newChain(signer).next(decision(me, 1)),
      acknowledgement: newChain(signer).next(
        decision(me, 1, { action: 'acknowledge', surface: 'notice', choices: {} }),
      ),
      unsigned: newChain(null).next(denial(me, 1)),
      bare: { decision: denial(me, 1) },
      unsignedHeader: headerOf(newChain(null).next(denial(me, 1))),
      unknownKey: newChain(stranger).next(denial(me, 1)),
      unknownAccount: newChain(stranger).next(denial('nobody', 1)),
      wrongSignature: { ...at(1), signature: at(2).signature },
      wrongKid: { ...at(1), kid: stranger.kid },
      otherDevice: newChain(signer).next(denial(me, 1, { device: 'device-2' })),
      otherAccount: newChain(signer).next(denial(eve.me, 1)),
      nobody: newChain(signer).next(denial(me, 1, { subject: null })),
      otherService: newChain(signer).next(denial(me, 1, { service: 'beta' })),
      signedBySomebodyElse: newChain(eve.signer).next(denial(me, 1)),
    };
    const results = await pushOpen(Object.values(entries));
    const problems = results.map(({ status, problem, receipt }) => ({ status, problem, receipt }));
    expect(problems[0]).toMatchObject({
      status: 'refused',
      problem: { type: 'decision-unproven' },
    });
    expect(new Set(problems.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(results.map((one) => one.id)).toEqual(
      Object.values(entries).map((one) => ('decision' in one ? one.decision.id : one.id)),
    );
    expect(await decisionsOf(ada)).toEqual([]);
    expect(await decisionsOf(eve)).toEqual([]);
  });

  it('knows a key only on the service of its account', async () => {
    const entry = newChain(ada.signer).next(denial(ada.me, 1, { service: 'beta' }));
    expect(saidOf(await pushOpen([entry], `${server.origin}/beta`))).toEqual(['decision-unproven']);
    const forged = newChain(ada.signer).next(denial(ada.me, 1));
    expect(saidOf(await pushOpen([forged], `${server.origin}/beta`))).toEqual([
      'decision-unproven',
    ]);
  });

  it('does not let one bad entry spoil the others', async () => {
    const chain = newChain(ada.signer);
    const [one, two] = [chain.next(denial(ada.me, 1)), chain.next(denial(ada.me, 2))];
    const bad = { ...newChain(ada.signer).next(denial(ada.me, 1)), signature: one.signature };
    expect(saidOf(await pushOpen([one, bad, 'nonsense', two]))).toEqual([
      'received',
      'decision-unproven',
      'decision-malformed',
      'received',
    ]);
  });

  it('takes the part of a run that is signed', async () => {
    const chain = newChain(ada.signer);
    const entries = [1, 2, 3].map((seq) => chain.next(denial(ada.me, seq)));
    const forged = entries.map((entry, index) =>
      index === 2 ? { ...entry, signature: entries[0]?.signature } : entry,
    );
    expect(saidOf(await pushOpen(forged))).toEqual(['received', 'received', 'decision-unproven']);
  });
});

describe('forged positions', () => {
  it('refuses another account’s chain, a used place, a gap, and another decision’s id', async () => {
    const chain = newChain(ada.signer);
    const [one, two] = [chain.next(denial(ada.me, 1)), chain.next(denial(ada.me, 2))];
    await pushOpen([one, two]);
    const before = await pull(base, ada.token);
    const stolen = newChain(eve.signer, chain.chain);
    const fork = newChain(ada.signer, chain.chain);
    fork.next(denial(ada.me, 1));
    const gap = newChain(ada.signer);
    gap.next(denial(ada.me, 1));
    expect(
      saidOf(
        await pushOpen([
          stolen.next(denial(eve.me, 3)),
          headerOf(stolen.next(denial(eve.me, 4))),
          fork.next(denial(ada.me, 2)),
          gap.next(denial(ada.me, 3)),
          newChain(eve.signer).next(denial(eve.me, 1, { id: one.decision.id })),
        ]),
      ),
    ).toEqual([
      'decision-unproven',
      'decision-unproven',
      'chain-fork',
      'chain-fork',
      'decision-conflict',
    ]);
    expect(await pull(base, ada.token)).toEqual(before);
    expect(await decisionsOf(eve)).toEqual([]);
  });

  it('never reaches what another account has by naming its ids', async () => {
    const chain = newChain(ada.signer);
    const signal = chain.next(
      denial(ada.me, 1, { action: 'signal', choices: { advertising: 'denied' } }),
    );
    await pushEntries(base, ada.token, [signal]);
    const before = await pull(base, ada.token);
    const supersedes = { advertising: [signal.decision.id], '*': [signal.decision.id] };
    const choices = { advertising: 'denied', '*': 'denied' } as const;
    const theirs = newChain(eve.signer).next(
      denial(eve.me, 1, { action: 'withdraw', choices, supersedes }),
    );
    expect(saidOf(await pushOpen([theirs]))).toEqual(['received']);
    expect(await pull(base, ada.token)).toEqual(before);
    expect(before.flags.optOutSignal).toBe(true);
    // Ids that are not known yet are no reason to refuse: what they name may still be on its way.
    const known = await pull(base, eve.token);
    expect(known.entries.map(decisionIn)).toEqual([theirs.decision]);
    expect(known.flags.optOutSignal).toBe(false);
  });

  it('tells whose a header is by the denial beside it where a key was taken over by another account', async () => {
    const thief = await keyedDevice(base, `thief-${count}@example.org`, { signer: ada.signer });
    const chain = newChain(ada.signer);
    const header = { ...headerOf(chain.next(decision(ada.me, 1))), held: true };
    expect(saidOf(await pushOpen([header]))).toEqual(['decision-unproven']);
    const next = chain.next(denial(ada.me, 2));
    expect(saidOf(await pushOpen([header, next]))).toEqual(['received', 'received']);
    expect((await pull(base, ada.token)).entries).toHaveLength(2);
    expect((await pull(base, thief.token)).entries).toEqual([]);
  });

  it('erases nothing: a header made of an entry that somebody has seen', async () => {
    const whole = newChain(ada.signer).next(denial(ada.me, 1));
    const [first] = await pushOpen([whole]);
    for (const held of [undefined, true] as const) {
      const header = held ? { ...headerOf(whole), held } : headerOf(whole);
      expect(await pushOpen([header])).toEqual([{ ...first, status: 'repeated' }]);
    }
    expect(await decisionsOf(ada)).toEqual([whole.decision]);
  });
});

describe('a held grant', () => {
  const heldOf = (entry: SentEntry) => ({ ...headerOf(entry), held: true });

  it('lets the denial after it go, reads as closed, and comes whole after the next sign-in', async () => {
    const { token, me, signer } = ada;
    const chain = newChain(signer);
    const [grant, refusal] = [chain.next(decision(me, 1)), chain.next(denial(me, 2))];
    const [held, taken] = await pushOpen([heldOf(grant), refusal]);
    expect([held?.status, taken?.status]).toEqual(['received', 'received']);
    expect(receiptOf(held).leaf).toMatchObject({ type: 'header', entryHash: grant.entryHash });
    const before = await pull(base, token);
    expect(before.entries[0]).toMatchObject(headerOf(grant));
    expect(JSON.stringify(before.entries)).not.toContain('"held"');
    expect(await pushOpen([heldOf(grant)])).toEqual([{ ...held, status: 'repeated' }]);
    // Without a session it is still a grant.
    expect(saidOf(await pushOpen([grant]))).toEqual(['decision-unproven']);

    server.clock.nowMs += 60_000;
    const [whole] = await pushEntries(base, token, [grant]);
    expect(whole?.status).toBe('received');
    expect(receiptOf(whole).leaf).toMatchObject({ type: 'consent', entryHash: grant.entryHash });
    expect(whole?.receivedAt).not.toBe(held?.receivedAt);
    const news = await pull(base, token, `?after=${before.cursor}`);
    expect(news.entries.map(decisionIn)).toEqual([grant.decision]);
    expect(await decisionsOf(ada)).toEqual([refusal.decision, grant.decision]);
    // Whatever form it is sent in from now on, the answer is that of the whole.
    const again = { ...whole, status: 'repeated' };
    expect(await pushEntries(base, token, [grant, heldOf(grant)])).toEqual([again, again]);
    expect(await pushOpen([heldOf(grant)])).toEqual([again]);
    const next = chain.next(denial(me, 3));
    expect(saidOf(await pushEntries(base, token, [next]))).toEqual(['received']);
  });

  it('is received later when it comes whole, also by a clock that was set back', async () => {
    const { token, me, signer } = ada;
    const grant = newChain(signer).next(decision(me, 1));
    const [held] = await pushOpen([heldOf(grant)]);
    server.clock.nowMs -= 60_000;
    const [whole] = await pushEntries(base, token, [grant]);
    const atMs = Date.parse(whole?.receivedAt ?? '');
    expect(atMs).toBe(Date.parse(held?.receivedAt ?? '') + 1);
    const { statement } = await openReceipt(receiptOf(whole), await keysOf(server.origin));
    expect(statement.receivedAt).toBe(whole?.receivedAt);
    expect((await pull(base, token)).entries[0]?.receivedAt).toBe(whole?.receivedAt);
    server.clock.nowMs += 60_000;
  });

  it('gives way to nothing that is not what it stands for', async () => {
    const { token, me, signer } = ada;
    const chain = newChain(signer);
    const grant = chain.next(decision(me, 1));
    await pushOpen([{ ...heldOf(grant), purposes: ['advertising'] }, chain.next(denial(me, 2))]);
    const fake = { ...newChain(signer, chain.chain).next(decision(me, 1)) };
    const sameId = newChain(signer, chain.chain).next({ ...grant.decision, surface: 'banner' });
    expect(saidOf(await pushEntries(base, token, [grant, fake, sameId]))).toEqual([
      'decision-conflict',
      'chain-fork',
      'decision-conflict',
    ]);
  });

  it('is taken neither unsigned nor under a text that was never published', async () => {
    const { token, me, signer } = ada;
    const chain = newChain(signer);
    const known = decision(me, 1);
    const grant = chain.next({ ...known, policy: { ...known.policy, version: 'never' } });
    await pushOpen([heldOf(grant), chain.next(denial(me, 2))]);
    expect(saidOf(await pushEntries(base, token, [grant]))).toEqual(['policy-unknown']);
    const other = newChain(signer);
    const second = other.next(decision(me, 3));
    await pushOpen([heldOf(second)]);
    const unsigned = { ...second, kid: undefined, signature: undefined };
    expect(saidOf(await pushEntries(base, token, [unsigned]))).toEqual(['decision-unproven']);
    expect(await decisionsOf(ada)).toEqual([undefined, expect.anything(), undefined]);
  });

  it('that was discarded for good takes no words any more', async () => {
    const { token, me, signer } = ada;
    const chain = newChain(signer);
    const [grant, refusal] = [chain.next(decision(me, 1)), chain.next(denial(me, 2))];
    const [gone] = await pushOpen([headerOf(grant), refusal]);
    expect(await pushEntries(base, token, [grant])).toEqual([{ ...gone, status: 'repeated' }]);
    expect((await decisionsOf(ada))[0]).toBeUndefined();
  });
});

describe('limits without a session', () => {
  const QUARTER_MS = 900_000;
  const strict = async (limits: Partial<typeof DEFAULT_LIMITS>) => {
    const one = await startTestServer({ limits: { ...DEFAULT_LIMITS, ...limits } });
    const device = await keyedDevice(`${one.origin}/alpha`, 'ada@example.org');
    const send = (entries: readonly unknown[]) =>
      call(`${one.origin}/alpha/v1/decisions`, 'POST', { body: { entries } });
    const statuses = async (entries: readonly unknown[], times: number) => {
      const found: number[] = [];
      for (let at = 0; at < times; at += 1) found.push((await send(entries)).status);
      return found;
    };
    return Object.assign(one, { device, send, statuses });
  };

  it('counts requests of one address, whatever is in them', async () => {
    const one = await strict({ openPushesPerAddress: { most: 2, windowMs: QUARTER_MS } });
    expect(await one.statuses([{}], 3)).toEqual([200, 200, 429]);
    const answer = await one.send([{}]);
    expect(problemIn(answer).type).toBe('too-many-requests');
    expect(answer.headers.get('retry-after')).toBe('900');
    one.clock.nowMs += QUARTER_MS;
    expect(await one.statuses([{}], 1)).toEqual([200]);
    await one.remove();
  });

  it('counts entries of one address that nothing proves', async () => {
    const one = await strict({ unprovenPerAddress: { most: 5, windowMs: QUARTER_MS } });
    const good = newChain(one.device.signer).next(denial(one.device.me, 1));
    expect(await one.statuses([good], 8)).toEqual(Array(8).fill(200));
    expect(await one.statuses([{}, {}, {}], 3)).toEqual([200, 200, 429]);
    await one.remove();
  });

  it('counts requests that one key vouches for, and nobody else can use it up', async () => {
    const one = await strict({ openPushesPerKey: { most: 2, windowMs: QUARTER_MS } });
    const good = newChain(one.device.signer).next(denial(one.device.me, 1));
    const forged = { ...good, signature: newSigner().signatureOf(good.entryHash) };
    expect(await one.statuses([forged], 5)).toEqual(Array(5).fill(200));
    expect(await one.statuses([good], 3)).toEqual([200, 200, 429]);
    await one.remove();
  });
});
