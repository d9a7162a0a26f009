import type { Cookie, Session, WebContents } from 'electron';
import type { DeclaredItem } from '../../src-shared/policy-text.js';

/** Something that a service's pages have really stored. */
export interface StoredThing {
  readonly kind: 'cookie' | 'local-storage' | 'session-storage';
  readonly name: string;
  /** The host that it belongs to. */
  readonly host: string;
  readonly bytes: number;
  /** When it goes by itself, milliseconds since 1970; null: with the window. */
  readonly expiresAtMs: number | null;
  /** The policy's own item of that name and kind; null: undeclared. */
  readonly declared: DeclaredItem | null;
}

/** A script of ours in a world of its own, so that the page cannot change what it finds. */
const KEYS = `(() => {
  const of = (kind, area) => Object.keys(area).map((name) => [kind, name, String(area.getItem(name)).length]);
  try { return [...of('local-storage', localStorage), ...of('session-storage', sessionStorage)]; } catch { return []; }
})()`;
const OWN_WORLD = 999;

/** Reads what is there from the real places: cookies of the session, and the storage of the page that is open. */
export async function readStored(
  session: Session,
  contents: WebContents | null,
  items: readonly DeclaredItem[],
): Promise<StoredThing[]> {
  const cookies = await session.cookies.get({});
  const stored = cookies.map((cookie) => cookieThing(cookie, items));
  if (!contents || contents.isDestroyed() || contents.isCrashed()) return stored;
  const host = URL.canParse(contents.getURL()) ? new URL(contents.getURL()).host : '';
  const found: unknown = await contents
    .executeJavaScriptInIsolatedWorld(OWN_WORLD, [{ code: KEYS }])
    .catch(() => []);
  return [...stored, ...areaThings(found, host, items)];
}

/** One cookie, held against what the policy declares. */
export function cookieThing(
  { name, value, domain, expirationDate }: Cookie,
  items: readonly DeclaredItem[],
): StoredThing {
  return {
    kind: 'cookie',
    name,
    host: (domain ?? '').replace(/^\./, ''),
    bytes: Buffer.byteLength(name + value),
    expiresAtMs: expirationDate === undefined ? null : Math.round(expirationDate * 1000),
    declared: declaredAs(items, 'cookie', name),
  };
}

function areaThings(found: unknown, host: string, items: readonly DeclaredItem[]): StoredThing[] {
  if (!Array.isArray(found)) return [];
  return found.flatMap((entry: unknown) => {
    if (!Array.isArray(entry)) return [];
    const [kind, name, bytes] = entry as unknown[];
    if (kind !== 'local-storage' && kind !== 'session-storage') return [];
    if (typeof name !== 'string' || typeof bytes !== 'number') return [];
    return [
      { kind, name, host, bytes, expiresAtMs: null, declared: declaredAs(items, kind, name) },
    ];
  });
}

function declaredAs(
  items: readonly DeclaredItem[],
  storage: StoredThing['kind'],
  name: string,
): DeclaredItem | null {
  return items.find((item) => item.storage === storage && item.name === name) ?? null;
}
