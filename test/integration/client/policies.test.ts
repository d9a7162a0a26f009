import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { test as base, describe, expect } from 'vitest';
import { createApiClient, type Fetch } from '../../../src-main/api/index.js';
import { createPolicies, readProfiles, type Policies } from '../../../src-main/policy/index.js';
import type { Store } from '../../../src-main/store/index.js';
import { pullPolicies } from '../../../src-main/sync/pull-policies.js';
import { publish } from '../../../src-server/services/published.js';
import { readServices } from '../../../src-server/services/read-services.js';
import { policyHashInput } from '../../../src-shared/ledger/policy-hash.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import { mustOpen } from '../../support/client/open-store.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { fixtureFiles, fixtureProfile } from '../../support/fixtures/service-profile.js';
import { labelWith, sampleChange, sampleText } from '../../support/policy-samples.js';
import { startTestServer } from '../server/support/test-server.js';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const [ONE, TWO, THREE] = ['2026-01-01', '2026-02-01', '2026-03-01'] as const;
const more = labelWith('analytics', { data: ['pages opened', 'name'] });
const DONE = { kind: 'done' };
const NOT_UNDERSTOOD = { kind: 'failed', problem: 'not-understood', retryAfterMs: null };

/** One profile folder of the client, and reference servers that publish what a test wants. */
interface Room {
  readonly store: Store;
  readonly file: string;
  /** Addresses asked so far, without the server's own. */
  readonly asked: string[];
  /** How often there was news. */
  readonly news: () => number;
  /** The client's policies, where these texts ship with it. */
  policies(shipped: readonly PolicyText[], lang?: string): Policies;
  /** The base address of a server whose profile folder has these texts. */
  publishing(texts: readonly PolicyText[]): Promise<string>;
  pull(policies: Policies, address: string): ReturnType<typeof pullPolicies>;
  /** Answers the next questions instead of the server. */
  answers(answer: (url: URL) => Response | null): void;
}

const test = base.extend<{ room: Room }>({
  // Vitest finds out what a fixture needs from this very pattern, so it has to be there though it is empty.
  // eslint-disable-next-line no-empty-pattern
  room: async ({}, use) => {
    const { folder, remove } = temporaryFolder('policies');
    const file = path.join(folder, 'sayso.db');
    const store = mustOpen(file);
    const ends: (() => Promise<void> | void)[] = [remove, () => store.close()];
    const asked: string[] = [];
    let news = 0;
    let instead: (url: URL) => Response | null = () => null;
    const ask: Fetch = (address, init) => {
      const url = new URL(address);
      asked.push(url.search);
      const headers = new Headers(init.headers);
      headers.set('connection', 'close');
      return Promise.resolve(instead(url) ?? fetch(address, { ...init, headers }));
    };
    await use({
      store,
      file,
      asked,
      news: () => news,
      policies: (shipped, lang = 'en') =>
        createPolicies({
          profiles: [{ manifest: fixtureProfile('alpha').manifest, policies: shipped }],
          store,
          lang: () => lang,
          nowMs: () => ms(THREE),
          sha256Hex,
        }),
      async publishing(texts) {
        const services = path.join(folder, `services-${ends.length}`);
        await mkdir(path.join(services, 'alpha', 'policy'), { recursive: true });
        const manifest: object = JSON.parse(fixtureFiles('alpha').manifest.text) as object;
        const languages = [...new Set(texts.map(({ lang }) => lang))];
        await writeFile(
          path.join(services, 'alpha', 'manifest.json'),
          JSON.stringify({ ...manifest, languages }),
        );
        for (const text of texts) {
          const name = `${text.version}.${text.lang}.json`;
          await writeFile(path.join(services, 'alpha', 'policy', name), JSON.stringify(text));
        }
        const read = await readServices(services);
        if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
        const server = await startTestServer({ services: read.services });
        ends.push(() => server.remove());
        return `${server.origin}/alpha`;
      },
      pull: (policies, address) =>
        pullPolicies(
          {
            api: createApiClient(ask),
            policies,
            stillWanted: () => true,
            onNews: () => (news += 1),
          },
          'alpha',
          address,
        ),
      answers: (answer) => (instead = answer),
    });
    for (const end of ends.toReversed()) await end();
  },
});

describe('the policies of a service', () => {
  test('come from its server, are there after a restart and close what they widen', async ({
    room,
  }) => {
    const change = sampleChange({ material: true, purposes: ['advertising'], summary: 'Ads.' });
    const second = sampleText(TWO, { label: more, changes: [change] });
    const address = await room.publishing([sampleText(ONE), second]);
    const policies = room.policies([sampleText(ONE)]);
    policies.keepShipped();
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(room.news()).toBe(1);
    expect(room.asked).toEqual(['?lang=en']);
    for (const known of [policies, room.policies([sampleText(ONE)])]) {
      expect(known.current('alpha')?.shown).toEqual({
        version: TWO,
        lang: 'en',
        sha256: sha256Hex(policyHashInput(second)),
      });
      expect(known.changedAtMs('alpha', 'analytics', ONE)).toBe(ms(TWO));
      expect(known.changedAtMs('alpha', 'advertising', ONE)).toBe(ms(TWO));
      expect(known.changedAtMs('alpha', 'necessary', ONE)).toBeNull();
    }
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(room.news()).toBe(1);
  });

  test('are fetched one by one where some were missed', async ({ room }) => {
    const texts = [sampleText(ONE), sampleText(TWO), sampleText(THREE)];
    const address = await room.publishing(texts);
    const policies = room.policies([sampleText(ONE)]);
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(room.asked).toEqual(['?lang=en', `?version=${TWO}&lang=en`]);
    expect(policies.changedAtMs('alpha', 'analytics', ONE)).toBeNull();
    expect(room.news()).toBe(1);
  });

  test('are fetched at most twenty back in one run, and the next one goes on', async ({ room }) => {
    const days = Array.from(
      { length: 25 },
      (_, day) => `2025-01-${String(day + 1).padStart(2, '0')}`,
    );
    const address = await room.publishing(days.map((day) => sampleText(day)));
    const policies = room.policies([sampleText('2024-01-01')]);
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(room.asked).toHaveLength(21);
    expect(policies.missing('alpha')).toEqual([{ version: days[3], lang: 'en' }]);
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(policies.missing('alpha')).toEqual([]);
    expect(policies.changedAtMs('alpha', 'analytics', days[0] ?? '')).toBeNull();
  });

  test('are fetched in a common language where they had none', async ({ room }) => {
    const german = { lang: 'de' };
    const texts = [sampleText(ONE), sampleText(TWO), sampleText(TWO, german)];
    const address = await room.publishing(texts);
    const policies = room.policies([sampleText(ONE)], 'de');
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(room.asked).toEqual(['?lang=de', `?version=${TWO}&lang=en`]);
    expect(policies.changedAtMs('alpha', 'analytics', ONE)).toBeNull();
    expect(policies.current('alpha')?.shown.lang).toBe('de');
  });

  test('that are missed and cannot be had leave everything closed that they may have changed', async ({
    room,
  }) => {
    const texts = [sampleText(ONE), sampleText(TWO), sampleText(THREE)];
    const address = await room.publishing(texts);
    const policies = room.policies([sampleText(ONE)]);
    const headers = { connection: 'close' };
    const newest = await (await fetch(`${address}/policy`, { headers })).text();
    for (const gone of [
      () => new Response('{}', { status: 404 }),
      () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
      // The newest one again, under the name of the one that was asked for.
      () => new Response(newest, { headers: { 'content-type': 'application/json' } }),
    ]) {
      room.answers(({ searchParams }) => (searchParams.has('version') ? gone() : null));
      expect(await room.pull(policies, address)).toEqual(DONE);
      expect(policies.changedAtMs('alpha', 'analytics', ONE)).toBe(ms(THREE));
    }
    room.answers(() => null);
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(policies.changedAtMs('alpha', 'analytics', ONE)).toBeNull();
  });
});

describe('an answer that is none', () => {
  test('is not kept: another version, a wrong hash, a page', async ({ room }) => {
    const address = await room.publishing([sampleText(ONE), sampleText(TWO, { label: more })]);
    const policies = room.policies([sampleText(ONE)]);
    const answer = await (
      await fetch(`${address}/policy`, { headers: { connection: 'close' } })
    ).text();
    const json = { 'content-type': 'application/json' };
    for (const body of [
      answer.replace('Nobody', 'Somebody'),
      answer.replace(/"sha256":"./, '"sha256":"f'),
      answer.replace(TWO, '__proto__'),
      '<p>Sign in first</p>',
    ]) {
      if (body === answer) throw new Error('the answer was not changed');
      room.answers(() => new Response(body, { headers: json }));
      expect(await room.pull(policies, address)).toEqual(NOT_UNDERSTOOD);
    }
    expect(room.store.policyTexts.all('alpha')).toEqual([]);
    expect(room.news()).toBe(0);
  });

  test('ends no session and holds nothing against a service without policies', async ({ room }) => {
    const policies = room.policies([sampleText(ONE)]);
    const address = await room.publishing([sampleText(ONE)]);
    const problem = (status: number, type: string): Response =>
      new Response(JSON.stringify({ type, title: 'No', status }), {
        status,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '7' },
      });
    for (const [answer, outcome] of [
      [() => problem(404, 'not-found'), DONE],
      [
        () => problem(401, 'session-ended'),
        { kind: 'failed', problem: 'server-error', retryAfterMs: 7000 },
      ],
      [
        () => problem(503, 'unavailable'),
        { kind: 'failed', problem: 'server-error', retryAfterMs: 7000 },
      ],
      [() => Response.error(), { kind: 'failed', problem: 'not-understood', retryAfterMs: null }],
    ] as const) {
      room.answers(answer);
      expect(await room.pull(policies, address)).toEqual(outcome);
    }
  });

  test('to somebody who is gone is not kept', async ({ room }) => {
    const address = await room.publishing([sampleText(ONE)]);
    const policies = room.policies([sampleText(TWO)]);
    const api = createApiClient(fetch);
    const parts = { api, policies, stillWanted: () => false, onNews: () => undefined };
    expect(await pullPolicies(parts, 'alpha', address)).toEqual({ kind: 'not-wanted' });
    expect(room.store.policyTexts.count('alpha')).toBe(0);
  });
});

describe('the store of texts', () => {
  test('finds them by version and by hash', ({ room: { store, policies } }) => {
    policies([sampleText(ONE), sampleText(TWO, { label: more })]).keepShipped();
    const { policyTexts } = store;
    const sha256 = sha256Hex(policyHashInput({ ...sampleText(TWO), label: more }));
    expect(policyTexts.all('alpha')).toHaveLength(2);
    expect(policyTexts.all('beta')).toEqual([]);
    expect(policyTexts.byVersion('alpha', TWO)).toEqual([
      { text: sampleText(TWO, { label: more }), sha256, previous: undefined },
    ]);
    expect(policyTexts.bySha256('alpha', sha256)).toEqual(sampleText(TWO, { label: more }));
    expect(policyTexts.bySha256('beta', sha256)).toBeNull();
    expect(policyTexts.bySha256('alpha', 'a'.repeat(64))).toBeNull();
  });

  test('uses no row that is not what its hash says', ({ room }) => {
    const { store, policies } = room;
    const texts = [sampleText(ONE), sampleText(TWO), sampleText(THREE)];
    policies(texts).keepShipped();
    const raw = new Database(room.file);
    const change = raw.prepare(
      'UPDATE policy_text SET body = replace(body, ?, ?) WHERE version = ?',
    );
    // A word of the label card, the form of the text, and a name that is not the row's own.
    expect(change.run('small service', 'large service', ONE).changes).toBe(1);
    expect(change.run('"sections"', '"section"', TWO).changes).toBe(1);
    raw.close();
    const [third] = store.policyTexts.all('alpha');
    expect(store.policyTexts.all('alpha')).toHaveLength(1);
    expect(third?.text.version).toBe(THREE);
    const sha256 = sha256Hex(policyHashInput(sampleText(ONE)));
    expect(store.policyTexts.byVersion('alpha', ONE)).toEqual([]);
    const rest = policies([sampleText(THREE)]);
    expect(rest.changedAtMs('alpha', 'analytics', ONE)).toBe(-Infinity);
    // Three equal texts have one hash: the only sound row answers for it.
    expect(store.policyTexts.bySha256('alpha', sha256)?.version).toBe(THREE);
  });

  test('keeps what was said about a text later beside it, and believes no forged remark', ({
    room,
  }) => {
    const { store } = room;
    const seen = {
      text: sampleText(ONE),
      sha256: sha256Hex(policyHashInput(sampleText(ONE))),
      previous: undefined,
    };
    const put = (changes: object): boolean => {
      const committed = store.commit(() => store.policyTexts.put('alpha', { ...seen, ...changes }));
      if (!committed.ok) throw new Error(committed.error);
      return committed.value;
    };
    expect([put({}), put({}), put({ previous: null }), put({ previous: null })]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(put({ text: sampleText(ONE, { effectiveAt: `${TWO}T00:00:00Z` }) })).toBe(true);
    const all = store.policyTexts.all('alpha');
    expect(all.map(({ previous }) => previous)).toContain(null);
    expect(all.map(({ text }) => text.effectiveAt)).toContain(`${TWO}T00:00:00Z`);
    expect(all).toHaveLength(3);
    expect(store.policyTexts.count('alpha')).toBe(3);
    const raw = new Database(room.file);
    const forge = raw.prepare(
      `UPDATE policy_text SET body = replace(body, ?, ?) WHERE body LIKE '{"changes"%'`,
    );
    forge.run(TWO, THREE);
    raw.close();
    const after = store.policyTexts.all('alpha');
    expect(after.map(({ text }) => text.effectiveAt)).toEqual(after.map(() => `${ONE}T00:00:00Z`));
  });

  test('is not filled by a server without end', async ({ room }) => {
    const { store } = room;
    const policies = room.policies([sampleText(ONE)]);
    const raw = new Database(room.file);
    raw.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
       INSERT INTO policy_text SELECT 'alpha', 'v' || i, 'en', 'x', 0, NULL, '{}' FROM n`,
    );
    raw.close();
    const address = await room.publishing([sampleText(TWO)]);
    expect(await room.pull(policies, address)).toEqual(DONE);
    expect(store.policyTexts.count('alpha')).toBe(500);
    expect(policies.current('alpha')?.shown.version).toBe(ONE);
  });
});

describe('what ships with the app', () => {
  test('is what its own server publishes, to the last hash', async ({ room }) => {
    const { profiles } = await readProfiles(path.resolve('resources', 'services'), '1.0.0');
    for (const profile of profiles) {
      const { id } = profile.manifest;
      const published = publish(profile);
      const policies = createPolicies({
        profiles,
        store: room.store,
        lang: () => 'en',
        nowMs: () => ms('2027-01-01'),
        sha256Hex,
      });
      const shown = policies.current(id)?.shown;
      expect(shown && published.knowsPolicy(shown)).toBe(true);
    }
  });
});
