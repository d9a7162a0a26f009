import type { Cookie, Session, WebContents } from 'electron';
import { areaKinds, keysScript, readAreas, removalScript, type AreaKind } from './page-areas.js';

/** Something that a service's pages have really stored. */
export interface StoredThing {
  readonly kind: 'cookie' | AreaKind;
  readonly name: string;
  /** The host that it belongs to. */
  readonly host: string;
  /** A cookie's path; '' for everything else. */
  readonly path: string;
  /** Null where nobody can tell. */
  readonly bytes: number | null;
  /** When it was first seen in this run, milliseconds since 1970: nothing of it is older than the run. */
  readonly sinceMs: number | null;
  /** When it goes by itself, milliseconds since 1970; null: with the window. */
  readonly expiresAtMs: number | null;
}

/** The session of a service's pages, and the page that is open. */
interface Place {
  readonly session: Session;
  readonly contents: WebContents | null;
}

/** Scripts of ours run in a world of their own, so that the page cannot change what they find. */
const OWN_WORLD = 999;

/** Reads what is there from the real places: cookies of the session, and the storage of the page that is open. */
export async function readStored({ session, contents }: Place): Promise<StoredThing[]> {
  const cookies = (await session.cookies.get({})).map(cookieThing);
  const found = await inPage(contents, keysScript);
  const host = hostOf(contents);
  const areas = readAreas(found).map(({ kind, name, bytes }): StoredThing => {
    return { kind, name, host, path: '', bytes, sinceMs: null, expiresAtMs: null };
  });
  return [...cookies, ...areas];
}

/** Deletes one thing. @returns false where its page is not open any more, or holds on to it. */
export async function removeStored(
  { session, contents }: Place,
  { kind, name, host, path }: StoredThing,
): Promise<boolean> {
  if (kind === 'cookie') {
    const [found] = (await session.cookies.get({ name })).filter(
      (cookie) => cookieThing(cookie).host === host && cookie.path === path,
    );
    if (!found) return true;
    await session.cookies.remove(`http${found.secure ? 's' : ''}://${host}${path}`, name);
    return true;
  }
  // What it belongs to is the page that is open, and no other of the same name.
  if (!areaKinds.includes(kind) || hostOf(contents) !== host) return false;
  return (await inPage(contents, removalScript(kind, name))) === true;
}

export function cookieThing({
  name,
  value,
  domain,
  path,
  expirationDate,
}: Pick<Cookie, 'name' | 'value' | 'domain' | 'path' | 'expirationDate'>): StoredThing {
  return {
    kind: 'cookie',
    name,
    host: (domain ?? '').replace(/^\./, ''),
    path: path ?? '/',
    bytes: Buffer.byteLength(name + value),
    sinceMs: null,
    expiresAtMs: expirationDate === undefined ? null : Math.round(expirationDate * 1000),
  };
}

function hostOf(contents: WebContents | null): string {
  if (!contents || contents.isDestroyed() || !URL.canParse(contents.getURL())) return '';
  return new URL(contents.getURL()).host;
}

async function inPage(contents: WebContents | null, code: string): Promise<unknown> {
  if (!contents || contents.isDestroyed() || contents.isCrashed()) return null;
  return contents.executeJavaScriptInIsolatedWorld(OWN_WORLD, [{ code }]).catch(() => null);
}
