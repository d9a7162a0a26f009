import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { checkDatabase } from '../../../src-main/store/index.js';
import type { Receipt } from '../../../src-shared/ledger/receipt.js';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  signInOn,
  test,
  until,
  type Device,
} from '../../support/client/server-world.js';

const ACTIONS = ['accept-all', 'necessary-only', 'accept-all', 'withdraw', 'accept-all'] as const;

/** A device that has decided a few times without a network; the ids in their order. */
async function decideOffline(device: Device): Promise<string[]> {
  await signInOn(device, newEmail(), { create: true });
  await until(() => expect(device.rig.view().sync.state).toBe('synced'));
  device.network.up = false;
  for (const action of ACTIONS) await pressOn(device, action);
  return decisionsIn(device.rig.file).map(({ decision }) => decision.id);
}

async function sendAll(device: Device): Promise<void> {
  device.network.up = true;
  await device.rig.handlers['sync.now']({ service: 'alpha' });
  await until(() => expect(device.rig.view().sync.state).toBe('synced'));
}

function writeIn(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

const countIn = (file: string, table: string): unknown => {
  const database = new Database(file, { readonly: true });
  const count: unknown = database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  database.close();
  return count;
};

describe('the receipts of a batch', () => {
  test('are kept once and read one by one, as the server gave them', async ({ world }) => {
    const device = await world.device();
    const ids = await decideOffline(device);
    await sendAll(device);
    const { file, store } = device.rig;
    expect([countIn(file, 'receipt_batch'), countIn(file, 'receipt')]).toEqual([1, 0]);
    const session = store.sessions.get('alpha');
    const accountId = session?.accountId ?? '';
    const kept = await world.server.store.decisions.listAfter(accountId, null, ACTIONS.length);
    if (kept === 'expired') throw new Error('the start is always there');
    const given = kept.map((row) => JSON.parse(row.receipt ?? '') as Receipt);
    expect(given).toHaveLength(ACTIONS.length);
    expect(ids.map((id) => store.receipts.of(id))).toEqual(given);
    const rows = store.history.all('alpha', accountId);
    expect(rows.map(({ receipt }) => receipt)).toEqual(given);
    const hashes = rows.map(({ id, link }) => store.decisions.isSettled(id, link?.entryHash ?? ''));
    expect(hashes).toEqual(ids.map(() => true));
    expect(await checkDatabase(file)).toEqual({
      findings: {},
      unreadable: null,
      entries: expect.any(Number),
    });
  });

  test('leave one by itself that was erased while it was on its way', async ({ world }) => {
    const device = await world.device();
    const [first = '', second = ''] = await decideOffline(device);
    const { file, store } = device.rig;
    device.rig.store.commit(() => {
      store.decisions.erase(first);
    });
    const session = store.sessions.get('alpha');
    const batch = {
      service: 'alpha',
      subject: session?.accountId ?? '',
      batch: 1,
      ids: [first, second],
      receivedAtMs: 5,
    };
    store.commit(() => {
      expect(store.decisions.markBatchReceived(batch)).toBe(1);
    });
    expect(store.decisions.receivedAtMs(first)).toBeNull();
    expect(store.decisions.receivedAtMs(second)).toBe(5);
    // An earlier word stands.
    store.commit(() => {
      expect(store.decisions.markBatchReceived({ ...batch, receivedAtMs: 6 })).toBe(0);
    });
    expect(store.decisions.receivedAtMs(second)).toBe(5);
    expect(outboxIn(file, 'waiting')).toContain(first);
  });

  test('go with the account that they are of', async ({ world }) => {
    const device = await world.device();
    await decideOffline(device);
    await sendAll(device);
    const { file } = device.rig;
    expect(countIn(file, 'received')).toBe(ACTIONS.length);
    await device.rig.handlers['session.signOut']({ service: 'alpha' });
    await until(() => expect(device.rig.view().subject.kind).toBe('signed-out'));
    const left = ['decision', 'received', 'receipt_batch', 'receipt', 'outbox'];
    expect(left.map((table) => countIn(file, table))).toEqual(left.map(() => 0));
  });

  test('with a place, a leaf, a signature or a time changed do not go unnoticed', async ({
    world,
  }) => {
    const device = await world.device();
    const [first = ''] = await decideOffline(device);
    await sendAll(device);
    const { file } = device.rig;
    await device.rig.stop();
    const one = `UPDATE received SET %s WHERE decision_id = '${first}'`;
    const changes = [
      [one.replace('%s', 'receipt_index = 2'), one.replace('%s', 'receipt_index = 0')],
      [one.replace('%s', 'receipt_batch = 7'), one.replace('%s', 'receipt_batch = 1')],
      [
        one.replace('%s', 'received_at_ms = received_at_ms + 1'),
        one.replace('%s', 'received_at_ms = received_at_ms - 1'),
      ],
      [
        `UPDATE receipt_batch SET body = replace(body, 'refusal', 'header')`,
        `UPDATE receipt_batch SET body = replace(body, 'header', 'refusal')`,
      ],
      [
        `UPDATE receipt_batch SET body = replace(body, '"jws":"', '"jws":"x')`,
        `UPDATE receipt_batch SET body = replace(body, '"jws":"x', '"jws":"')`,
      ],
    ] as const;
    for (const [change, back] of changes) {
      writeIn(file, change);
      // What is known of receipts says so, and not only that some row is another.
      const { findings } = await checkDatabase(file);
      expect([change, findings['alpha']]).toEqual([change, expect.stringContaining('receipt')]);
      writeIn(file, back);
      expect((await checkDatabase(file)).findings).toEqual({});
    }
    writeIn(file, one.replace('%s', 'row = 99'));
    expect((await checkDatabase(file)).findings['alpha']).toContain('beside another');
    writeIn(file, one.replace('%s', 'row = 1'));
    writeIn(file, one.replace('%s', 'receipt_batch = NULL, receipt_index = NULL'));
    const { findings } = await checkDatabase(file);
    expect(findings['alpha']).toBe('its rows are not those that were written');
  });
});
