import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { describe, expect, onTestFinished } from 'vitest';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { quiet } from '../../support/client/quiet.js';
import { decisionsIn } from '../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  signInOn,
  test,
  until,
  type Device,
} from '../../support/client/server-world.js';

const ALPHA = { service: 'alpha' };

async function never(device: Device, purpose: string, isNever: boolean) {
  return await device.rig.handlers['limits.neverHere']({ ...ALPHA, purpose, isNever });
}
async function signal(device: Device, isOn: boolean): Promise<void> {
  expect(await device.rig.handlers['limits.signal']({ isOn })).toEqual({ ok: true, value: null });
}
function said({ rig }: Device): Decision[] {
  return decisionsIn(rig.file).map(({ decision }) => decision);
}
/** What each request says of the signal from now on, as it comes in on the wire. */
function heardOnTheWire(): { readonly heard: unknown[]; readonly stop: () => void } {
  const heard: unknown[] = [];
  const listen = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    heard.push(request.headers['sec-gpc']);
  };
  subscribe('http.server.request.start', listen);
  return { heard, stop: () => void unsubscribe('http.server.request.start', listen) };
}
function limits({ rig }: Device): Record<string, string | null> {
  return Object.fromEntries(rig.view().purposes.map(({ id, limit }) => [id, limit]));
}

describe('"Never on this device"', () => {
  test('closes what was allowed, keeps the decision as it is, and lifted gives it back', async ({
    world,
  }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    const before = said(device).length;
    expect((await never(device, 'analytics', true)).ok).toBe(true);
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'granted' });
    expect(limits(device)).toMatchObject({ analytics: 'never-here', advertising: null });
    expect(said(device)).toHaveLength(before);
    await never(device, 'analytics', false);
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
  });

  test('holds after a restart, and whoever is signed in, whatever another device allows', async ({
    world,
  }) => {
    const email = newEmail();
    const [here, there] = [await world.device(), await world.device()];
    await never(here, 'analytics', true);
    await signInOn(there, email, { create: true });
    await pressOn(there, 'accept-all');
    await there.rig.handlers['sync.now'](ALPHA);
    await until(() => expect(there.rig.view().sync.waiting).toBe(0));
    await signInOn(here, email);
    await here.rig.handlers['session.deviceChoices']({
      ...ALPHA,
      revision: here.rig.view().revision,
      takeOver: false,
    });
    await until(() => expect(here.rig.states()).toMatchObject({ advertising: 'granted' }));
    expect(here.rig.states()).toMatchObject({ analytics: 'denied' });
    await here.rig.stop();
    here.start();
    expect(here.rig.states()).toMatchObject({ analytics: 'denied' });
    expect(limits(here)).toMatchObject({ analytics: 'never-here' });
  });

  test('is lifted by turning the switch on, and not by "Accept all"', async ({ world }) => {
    const device = await world.device();
    await never(device, 'analytics', true);
    await pressOn(device, 'accept-all');
    expect(device.rig.states()).toMatchObject({ analytics: 'denied' });
    const { revision } = device.rig.view();
    const choices = { analytics: 'granted' } as const;
    const press = { ...ALPHA, revision, action: 'save', surface: 'settings', choices } as const;
    expect((await device.rig.handlers['consent.decide'](press)).ok).toBe(true);
    expect(device.rig.states()).toMatchObject({ analytics: 'granted' });
    expect(limits(device)).toMatchObject({ analytics: null });
  });

  test('is of purposes that are the person’s to decide', async ({ world }) => {
    const device = await world.device();
    for (const purpose of ['necessary', 'unheard-of']) {
      expect(await never(device, purpose, true)).toMatchObject({
        ok: false,
        error: { code: 'not-a-choice' },
      });
    }
  });
});

describe('the opt-out signal', () => {
  test('refuses advertising as a decision of its own, wins over a later yes, and gone allows nothing', async ({
    world,
  }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    await signal(device, true);
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'denied' });
    expect(device.rig.view().signal).toBe(true);
    expect(device.rig.view('beta').signal).toBe(true);
    const signals = said(device).filter(({ action }) => action === 'signal');
    expect(signals.map(({ choices }) => choices)).toEqual([
      { advertising: 'denied' },
      { advertising: 'denied' },
    ]);
    await pressOn(device, 'accept-all');
    expect(limits(device)).toMatchObject({ advertising: 'signal' });
    expect(device.rig.states()).toMatchObject({ advertising: 'denied' });

    await pressOn(device, 'withdraw');
    await signal(device, false);
    expect(device.rig.view().signal).toBe(false);
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
  });

  test('switched on twice says it once', async ({ world }) => {
    const device = await world.device();
    await signal(device, true);
    await signal(device, true);
    expect(said(device).filter(({ service }) => service === 'alpha')).toHaveLength(1);
  });

  test('is sent with each request while it is on, and never before or after', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    const { onTheirWay, asked } = device.network;
    const { heard, stop } = heardOnTheWire();
    onTestFinished(stop);
    const settled = () => quiet({ busy: () => onTheirWay() > 0, requests: () => asked.length });
    const ask = async (): Promise<Set<unknown>> => {
      await settled();
      heard.splice(0);
      await device.rig.handlers['sync.now'](ALPHA);
      await until(() => {
        expect(heard.length).toBeGreaterThan(0);
        expect(device.rig.view().sync.state).toBe('synced');
      });
      return new Set(heard);
    };
    expect(await ask()).toEqual(new Set([undefined]));
    await settled();
    await signal(device, true);
    expect(await ask()).toEqual(new Set(['1']));
    await settled();
    await signal(device, false);
    expect(await ask()).toEqual(new Set([undefined]));
  });
});
