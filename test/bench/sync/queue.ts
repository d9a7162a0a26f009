import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { v7 } from 'uuid';
import { alternate } from '../../../scripts/bench/pairs.mjs';
import type { Measured } from '../../../scripts/bench/rows.mjs';
import { linkDecision } from '../../../src-main/ledger/index.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { newChain, newSigner } from '../../integration/server/support/signer.js';
import { mustCommit } from '../../support/client/open-store.js';
import { PURPOSES, SERVICE } from '../presser.js';
import { createPoster } from '../server/post.js';
import { openLiveClient, signInAs, type LiveClient } from './live-client.js';

interface Options {
  readonly folder: string;
  /** Addresses of a running reference server and of the bare one. */
  readonly ours: string;
  readonly bare: string;
  readonly pairs: number;
  readonly decisions: number;
  readonly random: () => number;
}

const BATCH = 500;

/**
 * A queue of decisions that a real client has made offline, until the server has answered for the last of them, beside the
 * same number of entries sent ready-made to a bare server. Each pair has a new device with a new account.
 */
export async function measureQueue(options: Options): Promise<Measured[]> {
  const { folder, ours, bare, pairs, decisions, random } = options;
  let queues = 0;
  const measured = await alternate({
    pairs,
    warmUp: 1,
    random,
    async ours() {
      queues += 1;
      const client = await openLiveClient(path.join(folder, `queue-${queues}`), ours);
      try {
        await signInAs(client, `${randomUUID()}@example.org`, true);
        await client.whenSeen(({ sync }) => sync.state === 'synced');
        client.setOnline(false);
        queue(client, decisions);
        // Connections that the server closed while that went on are noticed first; else the first request would be lost.
        await setTimeout(20);
        client.setOnline(true);
        const startedMs = performance.now();
        client.core.sync.wake(SERVICE);
        await client.whenSeen(({ sync }) => sync.waiting === 0);
        return performance.now() - startedMs;
      } finally {
        await client.stop();
      }
    },
    baseline: () => sendBare(bare, decisions),
  });
  return [
    {
      name: `queue-${decisions}`,
      unit: 'ms',
      what: `${decisions} queued decisions of a real client until all are received ÷ ${decisions / BATCH} bare requests of ${BATCH}, each with one transaction and the same signatures checked`,
      ...measured,
      goal: { is: 'at most', ratio: 1.5 },
      notes: [
        'bare: the bodies lie ready as text; the server hashes every entry, checks the signature over the last, signs once and keeps all 500 in one transaction of SQLite (FULL); the sender only reads the answer',
        'ours: reading the queue, building bodies, every check of the server, receipts checked and kept, one commit for each answer',
      ],
    },
  ];
}

/** As though that many presses had been made, in one transaction. */
function queue({ core, store }: LiveClient, decisions: number): void {
  const policy = core.policies.current(SERVICE)?.shown;
  const session = store.sessions.get(SERVICE);
  const signer = core.sessions.signerOf(SERVICE);
  if (!policy || !session || !signer) throw new Error('nobody is signed in');
  const device = store.meta.deviceId(SERVICE);
  let before: string[] = [];
  mustCommit(store, () => {
    for (let made = 0; made < decisions; made += 1) {
      const place = store.chains.next(SERVICE, session.accountId, device);
      const decision = newDecision(made, {
        subject: session.accountId,
        device,
        seq: place.seq,
        before,
        policy,
      });
      store.decisions.add(linkDecision(decision, place, signer, randomBytes));
      store.outbox.add(decision);
      before = [decision.id];
    }
  });
}

type Place = Pick<Decision, 'subject' | 'device' | 'seq' | 'policy'> & {
  readonly before: readonly string[];
};

function newDecision(made: number, { before, ...place }: Place): Decision {
  const isGrant = made % 2 === 0;
  const superseded = before.length > 0 ? PURPOSES.map((purpose) => [purpose, [...before]]) : [];
  return {
    v: 1,
    id: v7(),
    service: SERVICE,
    ...place,
    at: new Date().toISOString(),
    action: isGrant ? 'accept-all' : 'necessary-only',
    surface: 'settings',
    choices: Object.fromEntries(
      PURPOSES.map((purpose) => [purpose, isGrant ? ('granted' as const) : ('denied' as const)]),
    ),
    supersedes: Object.fromEntries(superseded) as Decision['supersedes'],
  };
}

/** Sends entries of the same kind, written as JSON before the clock starts, one request after another. */
async function sendBare(bare: string, decisions: number): Promise<number> {
  const signer = newSigner();
  const chain = newChain(signer);
  const policy = { version: '1', lang: 'en', sha256: '0'.repeat(64) };
  const place = { subject: 'account', device: 'device-1', policy };
  let before: string[] = [];
  const bodies = Array.from({ length: decisions / BATCH }, (_, batch) => {
    const entries = Array.from({ length: BATCH }, (_entry, index) => {
      const made = batch * BATCH + index;
      const decision = newDecision(made, { ...place, seq: made + 1, before });
      before = [decision.id];
      return chain.next(decision);
    });
    return JSON.stringify({ entries });
  });
  await fetch(`${bare}/key`, {
    method: 'PUT',
    headers: { connection: 'close' },
    body: JSON.stringify(signer.publicKey),
  });
  const poster = createPoster(bare, 1);
  try {
    const startedMs = performance.now();
    for (const body of bodies) await poster.post('/', body);
    return performance.now() - startedMs;
  } finally {
    poster.close();
  }
}
