import type { DeclaredView, StoredView } from '../../src-shared/device-view.js';
import type { DeclaredItem, PolicyText } from '../../src-shared/policy-text.js';
import type { KeychainEntry } from '../secrets/index.js';
import type { TableHolding } from '../store/index.js';
import { ownFile, ownSecret, ownTable, type Own } from './own-things.js';
import type { ProfileFile } from './profile-files.js';
import type { SitePart } from './site-parts.js';

/** An item of a policy's list, in the language of the policy. */
export type WordedItem = DeclaredItem & { readonly lang: string };
type Items = readonly WordedItem[];

/** What a policy declares; nothing where there is none. */
export function wordedItems(policy: Pick<PolicyText, 'lang' | 'label'> | undefined): WordedItem[] {
  return policy?.label.items.map((item) => ({ ...item, lang: policy.lang })) ?? [];
}

/** Something in the service's own pages, held against the policy's list by kind and name. */
export function siteThing(part: SitePart, items: Items): StoredView {
  const { kind, name, host, path, bytes, sinceMs, expiresAtMs } = part;
  const item = items.find((one) => one.storage === kind && one.name === name);
  return {
    id: JSON.stringify([kind, name, host, path]),
    place: kind,
    name,
    host,
    bytes,
    since: instant(sinceMs),
    until: instant(expiresAtMs),
    ending: 'with-window',
    declared: item ? byPolicy(item) : null,
    isDeletable: true,
  };
}

/** What a tool behind the gate keeps. @param purpose of the declared tool; undefined where no tool of that name is declared. */
export function toolThing(tool: string, bytes: number, purpose: string | undefined): StoredView {
  const own = purpose === undefined ? null : ownTable('tool_data');
  return { ...plain('tool', tool, own), bytes, isDeletable: true };
}

/** The tables of one kind of thing together; one that nobody declared stands alone. */
export function databaseThings(tables: readonly TableHolding[], items: Items): StoredView[] {
  const kept = items.find(({ storage }) => storage === 'app');
  const groups = new Map<string, TableHolding[]>();
  for (const holding of tables) {
    const key = ownTable(holding.table)?.thing ?? `?${holding.table}`;
    // Tools are told of one by one.
    if (key !== 'tool-data') groups.set(key, [...(groups.get(key) ?? []), holding]);
  }
  return [...groups.values()].flatMap((together): StoredView[] => {
    const [first] = together;
    if (!first) return [];
    const own = ownTable(first.table);
    const since = together.flatMap(({ sinceMs }) => (sinceMs === null ? [] : [sinceMs]));
    const thing = plain('database', together.map(({ table }) => table).join(', '), own);
    const isChoices = own?.thing === 'choices';
    return [
      {
        ...thing,
        bytes: together.reduce((sum, { bytes }) => sum + bytes, 0),
        since: since.length === 0 ? null : instant(Math.min(...since)),
        declared: isChoices && kept ? byPolicy(kept) : thing.declared,
        isDeletable: own?.thing === 'gate-counts',
      },
    ];
  });
}

/** An entry of this profile and service; null for any other. */
export function keychainThing(
  { account, madeAtMs }: KeychainEntry,
  service: string,
  profileId: string,
): StoredView | null {
  const [of, profile, kind = ''] = account.split('/');
  if (of !== service || profile !== profileId) return null;
  return { ...plain('keychain', account, ownSecret(kind)), since: instant(madeAtMs) };
}

export function fileThing({ name, bytes, sinceMs }: ProfileFile): StoredView {
  const own = ownFile(name);
  const isDeletable = own?.thing === 'set-aside';
  return { ...plain('file', name, own), bytes, since: instant(sinceMs), isDeletable };
}

function plain(place: StoredView['place'], name: string, own: Own | null): StoredView {
  return {
    id: JSON.stringify([place, name]),
    place,
    name,
    host: '',
    bytes: null,
    since: null,
    until: null,
    ending: own?.ending ?? 'with-sayso',
    declared: own && { by: 'sayso', thing: own.thing },
    isDeletable: false,
  };
}

function byPolicy({ lang, name, purpose, what, retention }: WordedItem): DeclaredView {
  return { by: 'policy', lang, name, purpose, what, kept: retention.text };
}

function instant(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString();
}
