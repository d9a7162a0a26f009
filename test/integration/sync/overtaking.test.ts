import { describe, expect } from 'vitest';
import { countIn } from '../../support/client/rows.js';
import { PASSWORD } from '../server/support/client.js';
import { test, tryNow, until } from '../../support/network/sync-test.js';

const INPUT = { service: 'alpha', email: 'ada@example.org', password: PASSWORD, remember: true };
const OPEN = 'SELECT id FROM sessions WHERE ended_at_ms IS NULL';

describe('a sign-in on a network that repeats', () => {
  test('leaves no session behind that nobody holds, whichever answer comes through', async ({
    make,
  }) => {
    const world = await make(1);
    const [device] = world.devices;
    if (!device) throw new Error('there is one');
    for (const answerOf of ['first', 'second'] as const) {
      device.network.faultOf = () => ({ kind: 'repeat', answerOf });
      const outcome = await device.rig().handlers['session.signIn'](INPUT);
      device.network.faultOf = () => ({ kind: 'pass' });
      if (outcome.ok) await device.rig().handlers['session.signOut']({ service: 'alpha' });
      await tryNow(device);
      await until(() => expect(countIn(device.rig().file, 'revoke_handle')).toBe(0));
      expect(world.server.database().prepare(OPEN).all(), answerOf).toEqual([]);
    }
  });
});
