import { createHash, createPublicKey, verify } from 'node:crypto';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { alternate } from '../../scripts/bench/pairs.mjs';
import type { Measured } from '../../scripts/bench/rows.mjs';
import { newDeviceKey, type DeviceKey } from '../../src-main/crypto/index.js';
import { checkDatabase } from '../../src-main/store/index.js';
import { canonicalJson } from '../../src-shared/ledger/canonical.js';
import { mustCommit } from '../support/client/open-store.js';
import { fill } from './fill.js';
import { openClient, SERVICE } from './presser.js';

interface Options {
  readonly folder: string;
  readonly pairs: number;
  readonly decisions: number;
  readonly random: () => number;
}

/** What is hashed and what is verified of one entry. */
interface Bytes {
  readonly payload: Uint8Array;
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
}

const ACCOUNT = 'account-of-the-bench';

/**
 * The check of a whole database with signed entries, as its worker does it, beside the very same bytes given to SHA-256 and
 * Ed25519 of Node's own library without any database. Values are speeds.
 */
export async function measureLedgerCheck(options: Options): Promise<Measured[]> {
  const { folder, pairs, decisions, random } = options;
  const rig = await openClient(path.join(folder, 'signed'));
  const key = newDeviceKey();
  const device = rig.store.meta.deviceId(SERVICE);
  mustCommit(rig.store, () => {
    rig.store.publicKeys.putDeviceKey(SERVICE, ACCOUNT, { ...key.publicKey, kid: key.kid, device });
  });
  fill(rig, decisions, { account: ACCOUNT, key });
  const { file } = rig;
  await rig.stop();
  const bytes = bytesOf(file);
  const perSecond = (startedMs: number): number =>
    (decisions * 1000) / (performance.now() - startedMs);
  const measured = await alternate({
    pairs,
    warmUp: 1,
    random,
    async ours() {
      const startedMs = performance.now();
      const { findings, unreadable, entries } = await checkDatabase(file);
      const speed = perSecond(startedMs);
      if (unreadable !== null || entries !== decisions || Object.keys(findings).length > 0) {
        throw new Error(`not sound: ${JSON.stringify({ findings, unreadable, entries })}`);
      }
      return speed;
    },
    baseline() {
      const startedMs = performance.now();
      checkRaw(bytes, key);
      return perSecond(startedMs);
    },
  });
  return [
    {
      name: 'ledger-check',
      unit: 'entries/s',
      what: `the whole check of a database with ${decisions} signed decisions ÷ SHA-256 and Ed25519 of the same bytes alone`,
      ...measured,
      goal: { is: 'at least', ratio: 0.8 },
      notes: ['measured in one thread; the app runs the same check in a worker'],
    },
  ];
}

function bytesOf(file: string): Bytes[] {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const rows = database
      .prepare<
        [],
        Record<'body' | 'salt' | 'chain' | 'prev' | 'hash' | 'signature', string> & { seq: number }
      >(
        'SELECT body, salt, chain, prev, payload_hash AS hash, signature, seq FROM decision ORDER BY seq',
      )
      .all();
    return rows.map(({ body, salt, chain, prev, hash, signature, seq }) => ({
      payload: Buffer.concat([Buffer.from(salt, 'base64url'), Buffer.from(body)]),
      header: Buffer.from(
        `SAYSO-LEDGER-V1\0${canonicalJson({ v: 1, chain, seq, prev, payloadHash: hash })}`,
      ),
      signature: Buffer.from(signature, 'base64url'),
    }));
  } finally {
    database.close();
  }
}

function checkRaw(bytes: readonly Bytes[], { publicKey }: DeviceKey): void {
  const { kty, crv, x } = publicKey;
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  for (const { payload, header, signature } of bytes) {
    createHash('sha256').update(payload).digest();
    const entryHash = createHash('sha256').update(header).digest();
    if (!verify(null, entryHash, key, signature)) throw new Error('a signature does not check');
  }
}
