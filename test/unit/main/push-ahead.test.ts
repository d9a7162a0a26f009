import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../../src-main/api/index.js';
import { createBatchSize } from '../../../src-main/sync/batch-size.js';
import { push, type PushParts } from '../../../src-main/sync/push.js';
import type { PushResult } from '../../../src-shared/api-contract.js';
import { failed, ok } from '../../../src-shared/result.js';
import { idAt, sampleDecision } from '../../support/client/sample-decision.js';

const ACCESS = { baseAddress: 'https://alpha.example', token: 't', accountId: 'me' };
const RECEIVED_AT = '2026-11-22T10:00:00.000Z';
const WAITING = 501;

type Received = Awaited<ReturnType<ApiClient['push']>>;

/** A device with more to send than fits into one request, and a service that answers when it is told to. */
function device() {
  const said = Array.from({ length: WAITING }, (_, place) => ({
    row: place + 1,
    id: idAt(place),
    said: { decision: sampleDecision(place), salt: 's', jcs: '{}' },
    link: { chain: 'c', prev: 'p', payloadHash: 'h', entryHash: `e${place}`, signature: null },
  }));
  const requests: { answer: (how: Received) => void; head: () => void }[] = [];
  let wanted = true;
  const log: string[] = [];
  const parts = {
    store: {
      outbox: {
        waiting: (_service: string, _me: string, limit: number, after: number) =>
          said.filter(({ row }) => row > after).slice(0, limit),
        remove: vi.fn(),
      },
      decisions: { erasures: () => 0, markReceived: () => true, isErased: () => false },
      receipts: { put: vi.fn() },
      commit: (work: () => void) => {
        work();
        log.push('noted');
        return ok(undefined);
      },
    },
    api: {
      push: (...[, , , , head]: Parameters<ApiClient['push']>) => {
        log.push(`sent ${requests.length + 1}`);
        return new Promise((answer) => requests.push({ answer, head }));
      },
    },
    proofs: {
      batchReceivedAt: () => Promise.resolve(null),
      receivedAs: () => Promise.resolve(null),
    },
    batchSize: createBatchSize(),
    signerOf: () => null,
    stillWanted: () => wanted,
    onSending: () => undefined,
    onProvenTime: () => undefined,
    onFork: () => undefined,
  };
  const received = (from: number, to: number): Received =>
    ok({
      results: said
        .slice(from, to)
        .map(({ id }): PushResult => ({ id, status: 'received', receivedAt: RECEIVED_AT })),
    });
  const run = (isFork = false) =>
    push(parts as unknown as PushParts, 'alpha', ACCESS as never, isFork);
  const until = async (count: number): Promise<void> => {
    while (requests.length < count) await setImmediate();
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  };
  return { requests, log, received, run, until, leave: () => (wanted = false) };
}
describe('the next request', () => {
  it('goes when the answer to the one before begins, and that one is noted meanwhile', async () => {
    const { requests, log, run, until, ...my } = device();
    const running = run();
    await until(1);
    expect(log).toEqual(['sent 1']);
    requests[0]?.head();
    expect(log).toEqual(['sent 1', 'sent 2']);
    requests[0]?.answer(my.received(0, 500));
    await until(2);
    expect(log).toEqual(['sent 1', 'sent 2', 'noted']);
    requests[1]?.head();
    requests[1]?.answer(my.received(500, WAITING));
    expect(await running).toEqual({ kind: 'done' });
    expect(log).toEqual(['sent 1', 'sent 2', 'noted', 'noted']);
  });

  it('waits for the whole answer where a refused place would prove a fork', async () => {
    const { requests, log, run, until, ...my } = device();
    const running = run(true);
    await until(1);
    requests[0]?.head();
    expect(log).toEqual(['sent 1']);
    requests[0]?.answer(my.received(0, 500));
    await until(2);
    requests[1]?.answer(my.received(500, WAITING));
    expect(await running).toEqual({ kind: 'done' });
  });

  it("does not go for an account that is nobody's any more", async () => {
    const { requests, log, run, until, leave, ...my } = device();
    const running = run();
    await until(1);
    leave();
    requests[0]?.head();
    requests[0]?.answer(my.received(0, 500));
    expect(await running).toEqual({ kind: 'not-wanted' });
    expect(log).toEqual(['sent 1']);
  });

  it('comes to its end before the run does, where the answer before it is cut', async () => {
    const { requests, run, until } = device();
    let outcome: unknown = null;
    const running = run().then((ended) => (outcome = ended));
    await until(1);
    requests[0]?.head();
    requests[0]?.answer(failed({ kind: 'no-network' }));
    await until(2);
    expect(outcome).toBeNull();
    requests[1]?.answer(failed({ kind: 'no-network' }));
    await running;
    expect(outcome).toMatchObject({ kind: 'failed', problem: 'no-network' });
  });
});
