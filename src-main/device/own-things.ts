import type { Ending, OwnThing } from '../../src-shared/device-view.js';

/** Something that Sayso itself keeps, and when it goes. */
export interface Own {
  readonly thing: OwnThing;
  readonly ending: Ending;
}

/**
 * What Sayso declares of its own database: every table by name. A table that is not here is shown as declared by nobody, so
 * that whoever adds one has to say what it is for.
 */
const TABLES: Readonly<Record<string, Own>> = {
  ...own(
    'choices',
    'when-forgotten',
    'decision',
    'head',
    'superseded',
    'chain',
    'acknowledgement',
    'imported',
    'imported_text',
  ),
  ...own('proofs', 'when-forgotten', 'received', 'receipt', 'receipt_batch', 'public_key', 'seal'),
  ...own('unsent', 'when-forgotten', 'outbox', 'parting', 'revoke_handle'),
  ...own('account', 'with-sign-out', 'session', 'vault'),
  ...own('policies', 'with-sayso', 'policy_text'),
  ...own('gate-counts', 'when-forgotten', 'gate_count'),
  ...own('batches', 'with-consent', 'tool_batch'),
  ...own('tool-data', 'with-consent', 'tool_data'),
  ...own('notes', 'when-forgotten', 'meta'),
};

/** The last part of a keychain account's name. */
const SECRETS: Readonly<Record<string, Own>> = {
  ...own('token', 'with-sign-out', 'token'),
  ...own('vault', 'with-sign-out', 'vault'),
  ...own('device', 'with-sign-out', 'device'),
  ...own('anchor', 'when-forgotten', 'anchor'),
};

/** Chromium's own files in a profile: Sayso's windows need them, and no page of a service has a part in them. */
const CHROMIUM = [
  'blob_storage',
  'Cache',
  'Code Cache',
  'Cookies',
  'Cookies-journal',
  'DawnCache',
  'DawnGraphiteCache',
  'DawnWebGPUCache',
  'Dictionaries',
  'DIPS',
  'DIPS-shm',
  'DIPS-wal',
  'GPUCache',
  'Local State',
  'Local Storage',
  'Network',
  'Network Persistent State',
  'Partitions',
  'Preferences',
  'Session Storage',
  'Shared Dictionary',
  'SharedStorage',
  'TransportSecurity',
  'Trust Tokens',
  'Trust Tokens-journal',
  'VideoDecodeStats',
  'WebStorage',
];

const FILES: Readonly<Record<string, Own>> = {
  ...own('database', 'with-sayso', 'sayso.db', 'sayso.db-wal', 'sayso.db-shm', 'sayso.db.damaged'),
  ...own('profile', 'with-sayso', 'profile-id'),
  ...own('place', 'with-sayso', 'window.json', 'window.json.new'),
  ...own('window', 'with-sayso', ...CHROMIUM),
  ...own('crashes', 'with-sayso', 'Crashpad'),
  ...own(
    'running',
    'with-app',
    'SingletonLock',
    'SingletonSocket',
    'SingletonCookie',
    'lockfile',
    'DevToolsActivePort',
  ),
};

export function ownTable(table: string): Own | null {
  return found(TABLES, table);
}

/** @param kind the last part of the account's name. */
export function ownSecret(kind: string): Own | null {
  return found(SECRETS, kind);
}

/** @param name of a file or folder at the top of the profile. */
export function ownFile(name: string): Own | null {
  if (/^sayso\.db\.set-aside-/.test(name)) return { thing: 'set-aside', ending: 'with-sayso' };
  return found(FILES, name);
}

function found(all: Readonly<Record<string, Own>>, name: string): Own | null {
  return Object.hasOwn(all, name) ? (all[name] ?? null) : null;
}

function own(thing: OwnThing, ending: Ending, ...names: readonly string[]): Record<string, Own> {
  return Object.fromEntries(names.map((name) => [name, { thing, ending }]));
}
