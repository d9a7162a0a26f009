import { describe, expect } from 'vitest';
import { countIn, decisionsIn, outboxIn } from '../../support/client/rows.js';
import { PASSWORD } from '../server/support/client.js';
import { press, signIn, synced, test, tryNow, until } from '../../support/network/sync-test.js';

describe('a network that answers everything with a page and 200', () => {
  test('gets nothing taken for sent, pulled, signed in or signed out; afterwards everything arrives', async ({
    make,
  }) => {
    const world = await make(2);
    const [device, other] = world.devices;
    if (!device || !other) throw new Error('there are two');
    await signIn(world, device);
    await synced(device);
    device.network.faultOf = () => ({ kind: 'portal' });
    other.network.faultOf = () => ({ kind: 'portal' });
    device.network.cutAll();

    await press(device, 'accept-all');
    await press(device, 'necessary-only');
    await tryNow(device);
    await until(() =>
      expect(device.rig().view().sync).toEqual({
        state: 'waiting',
        waiting: 2,
        problem: 'not-understood',
      }),
    );
    expect(device.rig().view().subject.kind, 'a page ends no session').toBe('signed-in');
    expect(decisionsIn(device.rig().file).map(({ receivedAtMs }) => receivedAtMs)).toEqual([
      null,
      null,
    ]);
    const input = {
      service: 'alpha',
      email: 'ada@example.org',
      password: PASSWORD,
      remember: true,
    };
    expect(await other.rig().handlers['session.signIn'](input)).toEqual({
      ok: false,
      error: { code: 'not-understood' },
    });

    // Signed out behind the page: neither the handle nor the refusal counts as sent.
    expect((await device.rig().handlers['session.signOut']({ service: 'alpha' })).ok).toBe(true);
    await tryNow(device);
    await world.quiet();
    expect(countIn(device.rig().file, 'revoke_handle')).toBe(1);
    const rows = world.server.database().prepare('SELECT decision FROM entries').all();
    expect(rows).toEqual([]);

    device.network.faultOf = () => ({ kind: 'pass' });
    other.network.faultOf = () => ({ kind: 'pass' });
    await tryNow(device);
    await until(() => expect(countIn(device.rig().file, 'revoke_handle')).toBe(0));
    const open = 'SELECT id FROM sessions WHERE ended_at_ms IS NULL';
    expect(world.server.database().prepare(open).all()).toEqual([]);
    expect(outboxIn(device.rig().file, 'waiting')).toEqual([]);
    await signIn(world, other);
    await synced(other);
    expect(other.rig().states()).toEqual({ analytics: 'denied', advertising: 'denied' });
  });
});
