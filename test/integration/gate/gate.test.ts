import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { decisionsIn } from '../../support/client/rows.js';
import { test } from '../../support/gate/gate-device.js';

const POST = { method: 'POST', body: 'counted' } as const;
const HOST = 'https://counter.example/collect';

describe('a tool', () => {
  test('does nothing before the person says yes, runs once that is kept, and again after a restart', async ({
    device,
  }) => {
    expect(device.closedBy()).toBe('not-asked');
    expect(device.probe.happened).toEqual([]);
    await device.press('accept-all');
    expect(device.probe.happened, 'the press is answered first').toEqual([]);
    await device.turn();
    expect(device.probe.happened).toEqual(['run']);
    await device.rig.stop();
    expect(device.probe.happened).toEqual(['run', 'stop']);
    const rig = device.start();
    expect(device.closedBy(), 'while the start is under way').toBe('ledger-checking');
    await rig.core.begin();
    await device.turn();
    expect(device.closedBy()).toBeNull();
    expect(device.probe.happened).toEqual(['run', 'stop', 'run']);
  });

  test('is stopped before its refusal is written, its requests are cancelled and its data goes with it', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    const { fetch, shelf } = device.probe.context();
    shelf.put('queue', 'three pages');
    device.way.hold();
    const underWay = fetch(HOST, POST);
    const decisions = (): number => decisionsIn(device.rig.file).length;
    const before = decisions();
    let whenStopped = -1;
    device.probe.onStop = () => (whenStopped = decisions());
    await device.press('withdraw');
    expect(whenStopped, 'stopped, and nothing written yet').toBe(before);
    expect(decisions()).toBe(before + 1);
    expect(await underWay).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(device.rig.store.toolData.tools('alpha')).toEqual([]);
    expect(device.closedBy()).toBe('refused');
    expect(await fetch(HOST, POST), 'and has no way out any more').toMatchObject({ ok: false });
    expect(shelf.put('queue', 'a page more')).toBe(false);
    expect(device.way.sent).toHaveLength(1);
  });

  test('stays closed where the disk does not take the refusal, until it is allowed anew', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    device.probe.context().shelf.put('queue', 'three pages');
    const other = new Database(device.rig.file);
    other.exec(`CREATE TRIGGER no BEFORE INSERT ON decision BEGIN SELECT RAISE(ABORT, 'no'); END`);
    expect(await device.press('necessary-only')).toBe(false);
    expect(device.closedBy()).toBe('being-refused');
    await device.turn();
    expect(device.probe.happened).toEqual(['run', 'stop']);
    expect(device.rig.view().purposes.find(({ id }) => id === 'analytics')?.state).toBe('granted');
    expect(device.rig.store.toolData.tools('alpha'), 'what it kept goes all the same').toEqual([]);
    expect(await device.save({ analytics: 'granted' })).toBe(false);
    expect(device.closedBy(), 'a grant that is not kept opens nothing').toBe('being-refused');
    other.exec('DROP TRIGGER no');
    other.close();
    expect(await device.save({ analytics: 'granted' })).toBe(true);
    await device.turn();
    expect(device.closedBy()).toBeNull();
    expect(device.probe.happened).toEqual(['run', 'stop', 'run']);
  });

  test('is not touched by what is refused for another purpose', async ({ device }) => {
    await device.press('accept-all');
    await device.turn();
    await device.save({ advertising: 'denied' });
    await device.turn();
    expect(device.probe.happened).toEqual(['run', 'action']);
  });

  test('hears what happens while it runs, and nothing else', async ({ device }) => {
    const { gate } = device.rig.core;
    gate.tell('alpha', { kind: 'page', page: 'policy' });
    await device.press('accept-all');
    await device.turn();
    gate.tell('alpha', { kind: 'page', page: 'policy' });
    gate.tell('beta', { kind: 'page', page: 'policy' });
    await device.press('withdraw');
    gate.tell('alpha', { kind: 'page', page: 'policy' });
    expect(device.probe.happened).toEqual(['run', 'page', 'stop']);
  });

  test('that throws opens and stops nothing else, and is reported without its words', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    device.probe.onStop = () => {
      throw new Error('a secret');
    };
    expect(await device.press('withdraw')).toBe(true);
    expect(device.closedBy()).toBe('refused');
    expect(device.rig.reported.join('\n')).toMatch(/^a tool of alpha failed/);
    expect(device.rig.reported.join('\n')).not.toContain('a secret');
  });
});

describe('each request is judged when it is made, and counted', () => {
  test('by host, and by what the person says at that moment', async ({ device }) => {
    await device.press('accept-all');
    await device.turn();
    const { fetch } = device.probe.context();
    expect(await fetch(HOST, POST)).toMatchObject({ ok: true, value: { status: 204 } });
    const elsewhere = await fetch('https://elsewhere.example/', POST);
    expect(elsewhere).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'host-not-declared' },
    });
    const clear = await fetch('http://counter.example/', POST);
    expect(clear).toEqual({ ok: false, error: { code: 'refused', reason: 'in-the-clear' } });
    // The grant runs out with nobody looking.
    device.clock.nowMs += 366 * 24 * 60 * 60 * 1000;
    const late = await fetch(HOST, POST);
    expect(late).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(device.way.sent).toHaveLength(1);
    const counted = device.rig.core.gate
      .counts('alpha')
      .map(({ tool, host, kind, reason, times }) => {
        return [tool, host, kind, reason, times];
      });
    expect(counted.toSorted()).toEqual(
      [
        ['probe', 'counter.example', 'tool', '', 1],
        ['probe', 'counter.example', 'tool', 'expired', 1],
        ['probe', '', 'tool', 'in-the-clear', 1],
        ['probe', 'elsewhere.example', 'tool', 'host-not-declared', 1],
      ].toSorted(),
    );
  });

  test('a run that is over has no way out and no shelf, also while the next one runs', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    const { fetch, shelf } = device.probe.context();
    await device.press('withdraw');
    await device.press('accept-all');
    await device.turn();
    expect(device.closedBy()).toBeNull();
    expect(await fetch(HOST, POST)).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(shelf.put('queue', 'old')).toBe(false);
    expect(device.way.sent).toEqual([]);
  });
});
