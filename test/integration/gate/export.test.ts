import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { test } from '../../support/gate/gate-device.js';

const GET = { method: 'GET' } as const;

test('what the gate did is written to the file that the person names, whole and for this user alone', async ({
  device,
}) => {
  await device.press('accept-all');
  await device.turn();
  const { fetch } = device.probe.context();
  await fetch('https://counter.example/collect', GET);
  await fetch('https://elsewhere.example/', GET);
  const file = path.join(device.folder, 'what-the-gate-did.json');
  device.rig.saveTo = file;
  expect(await device.rig.handlers['gate.export']({ service: 'alpha' })).toEqual({
    ok: true,
    value: { kind: 'saved', path: file },
  });
  const { counts, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as {
    counts: { host: string; reason: string | null; times: number }[];
  };
  expect(rest).toMatchObject({
    format: 'sayso-gate-1',
    generatedAt: new Date(device.clock.nowMs).toISOString(),
    service: 'alpha',
  });
  expect(counts.map(({ host, reason, times }) => [host, reason, times]).toSorted()).toEqual([
    ['counter.example', null, 1],
    ['elsewhere.example', 'host-not-declared', 1],
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(device.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  // Only where the person says so, and nobody is told.
  expect(device.way.sent.map(({ address }) => address)).toEqual([
    'https://counter.example/collect',
  ]);
});

test('an export says what became of it where there is no file', async ({ device }) => {
  const ask = (service = 'alpha') => device.rig.handlers['gate.export']({ service });
  const file = path.join(device.folder, 'no-folder', 'x.json');
  device.rig.saveTo = file;
  expect(await ask()).toEqual({ ok: false, error: { code: 'nothing-to-export' } });
  expect(await ask('nobody')).toEqual({ ok: false, error: { code: 'unknown-service' } });
  device.rig.core.gate.pageRequest('alpha', 'https://elsewhere.example/', 'image');
  expect(await ask()).toEqual({ ok: false, error: { code: 'not-written', cause: 'gone' } });
  device.rig.saveTo = null;
  expect(await ask()).toEqual({ ok: true, value: { kind: 'cancelled' } });
  expect(existsSync(file)).toBe(false);
});
