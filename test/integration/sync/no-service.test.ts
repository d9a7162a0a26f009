import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { press, signIn, synced, test, tryNow, until } from '../../support/network/sync-test.js';

describe('a service whose address answers 404', () => {
  test('is said to take no sync and is left alone, until something new is said or wanted', async ({
    make,
  }) => {
    const world = await make(1);
    const [device] = world.devices;
    if (!device) throw new Error('there is one');
    await signIn(world, device);
    await synced(device);
    const nowhere = createServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
    });
    nowhere.listen(0, '127.0.0.1');
    await once(nowhere, 'listening');
    try {
      await world.server.kill();
      device.network.divert((nowhere.address() as AddressInfo).port);
      await press(device, 'necessary-only');
      await until(() =>
        expect(device.rig().view().sync).toEqual({
          state: 'waiting',
          waiting: 1,
          problem: 'no-service',
        }),
      );
      await world.quiet();
      const asked = device.network.log.length;
      for (let round = 0; round < 20; round += 1) {
        device.rig().timers.fireAll();
        await world.quiet();
      }
      expect(device.network.log.length - asked, 'asked by timers alone').toBe(0);
      expect(device.rig().view().subject.kind).toBe('signed-in');
      await tryNow(device);
      await until(() => expect(device.network.log.length).toBeGreaterThan(asked));
    } finally {
      nowhere.closeAllConnections();
      nowhere.close();
    }
    await world.server.start();
    device.network.divert(null);
    await synced(device);
    expect(device.rig().states()).toEqual({ analytics: 'denied', advertising: 'denied' });
  });
});
