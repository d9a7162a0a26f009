import { describe, expect } from 'vitest';
import { sampleDecision, START_MS } from '../../support/client/sample-decision.js';
import { fetched } from '../../support/client/new-entry.js';
import { outboxIn } from '../../support/client/rows.js';
import { mustCommit } from '../../support/client/open-store.js';
import {
  newEmail,
  pressOn,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';

const DENIED = { analytics: 'denied', advertising: 'denied' };

function problem(type: string, status: number): Response {
  const headers = { 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify({ type, title: type, status }), { status, headers });
}

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
}

function untilAborted({ signal }: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new TypeError('fetch failed')));
  });
}

describe('answers that a server gives seldom', () => {
  test('"cursor-expired": the client reads from the beginning again', async ({ world }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    await signInOn(other, email);
    await untilSynced(other);
    await pressOn(other, 'necessary-only');
    await until(() => expect(other.rig.view().sync.waiting).toBe(0));
    // From now on the old cursor is worth nothing.
    const cursor = device.rig.store.sessions.get('alpha')?.pullCursor ?? '';
    expect(cursor).not.toBe('');
    const real = device.network.fetch;
    Object.assign(device.network, {
      fetch: (address: string, init: RequestInit) =>
        address.endsWith(`after=${cursor}`)
          ? Promise.resolve(problem('cursor-expired', 410))
          : real(address, init),
    });
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    for (let tries = 0; tries < 3; tries += 1) await syncNow(device);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
  });

  test('"cursor-expired" for every place it gives out itself: no run goes round for ever', async ({
    world,
  }) => {
    const device = await world.device();
    const real = device.network.fetch;
    let pages = 0;
    Object.assign(device.network, {
      fetch: async (address: string, init: RequestInit) => {
        if (!address.includes('/v1/decisions?')) return real(address, init);
        pages += 1;
        // A client that does go round for ever is left waiting, so that the test can end.
        if (pages > 50) return untilAborted(init);
        if (!address.endsWith('after=')) return problem('cursor-expired', 410);
        const flags = { optOutSignal: false };
        return json({ entries: [], keys: [], flags, cursor: 'AAAA', more: true });
      },
    });
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    await signInOn(device, newEmail(), { create: true });
    await until(() => {
      expect(pages > 50 || device.rig.view().sync.problem === 'server-error').toBe(true);
    });
    expect(pages).toBeLessThan(10);
  });

  test('"unavailable" with a wish for later: the wish is what the next try waits for', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const later = problem('unavailable', 503);
    later.headers.set('retry-after', '120');
    device.network.instead('/v1/decisions', later);
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.timers.delaysMs()).toContain(120_000));
    expect(device.rig.view().sync).toEqual({
      state: 'waiting',
      waiting: 1,
      problem: 'server-error',
    });
    device.rig.timers.fireAll();
    await untilSynced(device);
  });

  test('decisions of another account are not believed, nor is the cursor beside them', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const before = device.rig.store.sessions.get('alpha')?.pullCursor;
    const foreign = {
      decision: sampleDecision(1, { subject: 'somebody-else' }),
      receivedAt: '2026-11-22T10:00:00Z',
    };
    const flags = { optOutSignal: false };
    const page = { entries: [foreign], keys: [], flags, cursor: 'AAAA', more: false };
    device.network.instead('/v1/decisions', json(page));
    await syncNow(device);
    await until(() => expect(device.rig.view().sync.problem).toBe('not-understood'));
    expect(device.rig.store.sessions.get('alpha')?.pullCursor).toBe(before);
    expect(device.rig.store.decisions.byId(foreign.decision.id)).toBeNull();
  });

  test('results for other decisions settle nothing', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const results = [
      { id: sampleDecision(7).id, status: 'received', receivedAt: '2026-11-22T10:00:00Z' },
    ];
    device.network.instead('/v1/decisions', json({ results }));
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.view().sync.problem).toBe('not-understood'));
    expect(outboxIn(device.rig.file, 'waiting')).toHaveLength(1);
  });

  test('more standing decisions than one may take the place of: what is said here can still be sent', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const subject = device.rig.store.sessions.get('alpha')?.accountId ?? '';
    const choices = { analytics: 'denied' } as const;
    mustCommit(device.rig.store, () => {
      for (let place = 0; place < 1001; place += 1) {
        const said = sampleDecision(place, { subject, device: 'other-device', choices });
        device.rig.store.decisions.add(fetched(said, START_MS));
      }
    });
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    expect(device.rig.states()).toEqual(DENIED);
    expect(device.rig.store.outbox.waiting('alpha', subject, 500)).toHaveLength(1);
  });
});
