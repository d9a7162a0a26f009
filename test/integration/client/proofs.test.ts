import { describe, expect } from 'vitest';
import type { Pulled, PushResult } from '../../../src-shared/api-contract.js';
import { receiptSigner } from '../../support/client/receipt-signer.js';
import { outboxIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  signInOn,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';

/** Starts a device again behind a network that changes what the server answers; the answer undoes it. */
async function change<Body>(
  device: Device,
  isMeant: (method: string, url: string) => boolean,
  edit: (body: Body) => Body,
): Promise<() => Promise<void>> {
  const real = device.network.fetch;
  const behind = async (fetch: typeof real): Promise<void> => {
    Object.assign(device.network, { fetch });
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
  };
  await behind(async (url, init) => {
    const answer = await real(url, init);
    if (!answer.ok || !isMeant(init.method ?? 'GET', url)) return answer;
    const body = edit((await answer.json()) as Body);
    const headers = { 'content-type': 'application/json' };
    return new Response(JSON.stringify(body), { status: answer.status, headers });
  });
  return () => behind(real);
}

const isPush = (method: string, url: string): boolean =>
  method === 'POST' && url.endsWith('/v1/decisions');
const isPull = (method: string, url: string): boolean =>
  method === 'GET' && url.includes('/v1/decisions?');

describe('what a server says has to be proven', () => {
  test('a receipt by another key: nothing counts as received, and nothing is lost', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const stranger = receiptSigner('alpha', 'https://alpha.example/sayso');
    const honest = await change<{ results: PushResult[] }>(device, isPush, ({ results }) => ({
      results: results.map((result) =>
        result.receipt && result.receivedAt !== undefined
          ? { ...result, receipt: stranger.receiptOf(result.receipt.leaf, result.receivedAt) }
          : result,
      ),
    }));
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.problem).toBe('not-understood'));
    const [id = ''] = outboxIn(device.rig.file, 'waiting');
    expect(device.rig.store.decisions.receivedAtMs(id)).toBeNull();
    expect(device.rig.store.receipts.of(id)).toBeNull();

    await honest();
    await untilSynced(device);
    expect(outboxIn(device.rig.file, 'waiting')).toEqual([]);
    expect(device.rig.store.receipts.of(id)?.leaf).toMatchObject({
      id,
      type: 'consent',
      signed: true,
    });
  });

  test('a yes from elsewhere without signature and receipt opens nothing, a no without them closes', async ({
    world,
  }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.waiting).toBe(0));
    await change<Pulled>(other, isPull, (body) => ({
      ...body,
      entries: body.entries.map((entry) =>
        'decision' in entry ? { decision: entry.decision, receivedAt: entry.receivedAt } : entry,
      ),
    }));
    await signInOn(other, email);
    await untilSynced(other);
    expect(other.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });

    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.view().sync.waiting).toBe(0));
    other.rig.core.sync.wake('alpha');
    await until(() =>
      expect(other.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' }),
    );
  });
});
