import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import type { HistoryEntryView, HistoryView } from '../../../src-shared/history-view.js';
import { serverKeysSchema } from '../../../src-shared/ledger/keys.js';
import { readExport } from '../../../src-shared/proof/read-export.js';
import { verifyExport } from '../../../src-shared/proof/verify.js';
import type { Rig } from '../../support/client/core-rig.js';
import { countIn } from '../../support/client/rows.js';
import { START_MS } from '../../support/client/sample-decision.js';
import {
  type Device,
  newEmail,
  pressOn,
  signInOn,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';
import { CRYPTO } from '../../unit/proof/support/verdicts.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';

async function historyOf(rig: Rig, before: number | null = null): Promise<HistoryView> {
  const outcome = await rig.handlers['history.read']({ service: 'alpha', before });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

async function newest(rig: Rig): Promise<HistoryEntryView> {
  const { entries } = await historyOf(rig);
  const entry = entries[0];
  if (!entry) throw new Error('the history is empty');
  return entry;
}

const exporting = (rig: Rig, part: { purpose?: string; decision?: string; service?: null } = {}) =>
  rig.handlers['history.export']({ service: 'alpha', purpose: null, decision: null, ...part });

const erasing = (rig: Rig, id: string) => rig.handlers['history.erase']({ service: 'alpha', id });

/** What a file holds, as a reader of exports reads it. */
function exported(file: string) {
  const read = readExport(readFileSync(file));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

async function save(device: Device, purpose: string, choice: 'granted' | 'denied'): Promise<void> {
  const { revision } = device.rig.view();
  const outcome = await device.rig.handlers['consent.decide']({
    service: 'alpha',
    revision,
    action: 'save',
    surface: 'settings',
    choices: { [purpose]: choice },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

describe('the history', () => {
  test('lists what was said, newest first, with the text shown then, offline too', async ({
    world,
  }) => {
    const device = await world.device();
    device.network.up = false;
    await pressOn(device, 'accept-all');
    device.clock.nowMs += 60_000;
    await save(device, 'analytics', 'denied');
    const { entries, before } = await historyOf(device.rig);
    expect(before).toBeNull();
    expect(entries).toMatchObject([
      {
        at: new Date(START_MS + 60_000).toISOString(),
        said: { action: 'save', surface: 'settings', choices: [{ choice: 'denied' }] },
        device: { kind: 'this' },
        sending: { state: 'local' },
        receipt: null,
      },
      {
        at: new Date(START_MS).toISOString(),
        said: {
          action: 'accept-all',
          choices: [
            { purpose: 'analytics', name: 'analytics', choice: 'granted' },
            { purpose: 'advertising', name: 'advertising', choice: 'granted' },
          ],
        },
      },
    ]);
    const said = entries[0]?.said;
    if (said?.kind !== 'said') throw new Error('nothing was said');
    const { handlers } = device.rig;
    const shown = await handlers['history.shownText']({ service: 'alpha', shown: said.shown });
    const [current] = fixtureProfile('alpha').policies.filter(
      ({ version, lang }) => version === '2026-01' && lang === 'en',
    );
    expect(shown).toMatchObject({ ok: true, value: { sections: current?.sections } });
    const other = { ...said.shown, sha256: 'f'.repeat(64) };
    expect(await handlers['history.shownText']({ service: 'alpha', shown: other })).toEqual({
      ok: false,
      error: { code: 'text-unknown' },
    });
  });

  test('comes in pages of 30, each where the one before ended', async ({ world }) => {
    const device = await world.device();
    for (let place = 0; place < 31; place += 1) {
      await save(device, 'analytics', place % 2 === 0 ? 'denied' : 'granted');
    }
    const first = await historyOf(device.rig);
    expect(first.entries).toHaveLength(30);
    const second = await historyOf(device.rig, first.before);
    expect(second.entries).toHaveLength(1);
    expect(second.before).toBeNull();
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
  });

  test('tells what waits, what arrived with its receipt, and who said it', async ({ world }) => {
    const here = await world.device();
    const there = await world.device();
    const email = newEmail();
    await signInOn(here, email, { create: true });
    here.network.up = false;
    await pressOn(here, 'withdraw');
    expect(await newest(here.rig)).toMatchObject({ sending: { state: 'waiting' }, receipt: null });
    here.network.up = true;
    here.rig.timers.fireAll();
    await until(() => expect(here.rig.view().sync.waiting).toBe(0));
    const arrived = await newest(here.rig);
    expect(arrived).toMatchObject({
      device: { kind: 'this' },
      sending: { state: 'received' },
      receipt: { about: 'refusal', deviceSigned: true, together: 1 },
      isErasable: true,
    });

    await signInOn(there, email);
    await untilSynced(there);
    const elsewhere = await newest(there.rig);
    expect(elsewhere).toMatchObject({ id: arrived.id, isErasable: false });
    expect(elsewhere.device).toEqual({
      kind: 'other',
      id: here.rig.store.meta.deviceId('alpha').slice(0, 8),
    });
    expect(await erasing(there.rig, arrived.id)).toEqual({
      ok: false,
      error: { code: 'said-elsewhere' },
    });
  });

  test('of one account is not another’s, nor the device’s own', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'withdraw');
    const own = await newest(device.rig);
    await signInOn(device, newEmail(), { create: true });
    expect((await historyOf(device.rig)).entries).toEqual([]);
    expect(await erasing(device.rig, own.id)).toMatchObject({
      error: { code: 'unknown-decision' },
    });
    expect(await exporting(device.rig, { decision: own.id })).toMatchObject({
      error: { code: 'nothing-to-export' },
    });
  });
});

describe('erasing', () => {
  test('leaves no word of it in the profile, closes, and keeps the ledger sound', async ({
    world,
  }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    const { id } = await newest(device.rig);
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    expect(await erasing(device.rig, id)).toEqual({ ok: true, value: null });
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
    expect(await newest(device.rig)).toMatchObject({
      id,
      said: { kind: 'erased', about: [{ name: 'analytics' }, { name: 'advertising' }] },
      isErasable: false,
    });
    for (const name of readdirSync(device.folder).filter((one) => one.startsWith('sayso.db'))) {
      expect(readFileSync(path.join(device.folder, name)).includes('accept-all')).toBe(false);
    }
    expect(await erasing(device.rig, id)).toMatchObject({ error: { code: 'unknown-decision' } });
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().ledger.state).not.toBe('suspect');
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
  });

  test('reaches the service, also for what it had received', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    const { id } = await newest(device.rig);
    expect(await erasing(device.rig, id)).toEqual({ ok: true, value: null });
    await untilSynced(device);
    expect(countIn(device.rig.file, 'outbox')).toBe(0);
    expect(device.rig.view().ledger.state).not.toBe('suspect');

    const fresh = await world.device();
    await signInOn(fresh, email);
    await untilSynced(fresh);
    expect(await newest(fresh.rig)).toMatchObject({ id, said: { kind: 'erased' } });
  });
});

describe('an export', () => {
  test('is written whole to the file the person names, without a network', async ({ world }) => {
    const device = await world.device();
    device.network.up = false;
    expect(await exporting(device.rig)).toMatchObject({ error: { code: 'nothing-to-export' } });
    await save(device, 'analytics', 'granted');
    expect(await exporting(device.rig, { purpose: 'advertising' })).toMatchObject({
      error: { code: 'nothing-to-export' },
    });
    await save(device, 'advertising', 'denied');
    expect(await exporting(device.rig)).toEqual({ ok: true, value: { kind: 'cancelled' } });

    const file = path.join(device.folder, 'mine.json');
    writeFileSync(file, 'what was there before');
    device.rig.saveTo = file;
    expect(await exporting(device.rig)).toEqual({ ok: true, value: { kind: 'saved', path: file } });
    const { evidence, texts } = exported(file).contents;
    expect(evidence.flatMap(({ entries }) => entries)).toHaveLength(2);
    expect([...texts.keys()]).toHaveLength(1);
    expect(readdirSync(device.folder).filter((name) => name.endsWith('.part'))).toEqual([]);

    expect(await exporting(device.rig, { purpose: 'advertising' })).toMatchObject({ ok: true });
    const advertising = exported(file).contents.evidence.flatMap(({ entries }) => entries);
    expect(advertising.map(({ decision }) => decision?.choices)).toEqual([
      { advertising: 'denied' },
    ]);

    const { entries } = await historyOf(device.rig);
    const id = entries[1]?.id ?? '';
    expect(await exporting(device.rig, { decision: id })).toMatchObject({ ok: true });
    const [one, ...more] = exported(file).contents.evidence.flatMap((part) => part.entries);
    expect([one?.decision?.id, more]).toEqual([id, []]);
  });

  test('of an account proves what the service received, with one erased among it', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await save(device, 'analytics', 'denied');
    await save(device, 'advertising', 'denied');
    await untilSynced(device);
    const { entries } = await historyOf(device.rig);
    expect(await erasing(device.rig, entries[1]?.id ?? '')).toMatchObject({ ok: true });
    await untilSynced(device);
    const file = path.join(device.folder, 'mine.json');
    device.rig.saveTo = file;
    expect(await exporting(device.rig)).toMatchObject({ ok: true });

    const answer = await fetch(`${world.server.origin}/.well-known/jwks.json`, {
      headers: { connection: 'close' },
    });
    const { keys } = serverKeysSchema.parse(await answer.json());
    const verdict = await verifyExport(CRYPTO, readFileSync(file), keys);
    expect(verdict).toMatchObject({
      ok: true,
      value: {
        untrue: [],
        open: [],
        proven: { records: 3, decisions: 2, chains: 1, signatures: 3, receipts: 3, texts: 1 },
      },
    });
  });

  test('that cannot be written says why and leaves what was there', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'withdraw');
    device.rig.saveTo = path.join(device.folder, 'gone', 'mine.json');
    expect(await exporting(device.rig)).toEqual({
      ok: false,
      error: { code: 'not-written', cause: 'gone' },
    });
    // A folder cannot be replaced by a file.
    device.rig.saveTo = device.folder;
    expect(await exporting(device.rig)).toMatchObject({ error: { code: 'not-written' } });
    expect(
      readdirSync(path.dirname(device.folder)).filter((name) => name.endsWith('.part')),
    ).toEqual([]);
  });
});
