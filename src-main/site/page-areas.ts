/** Where a page keeps things besides cookies. */
export const areaKinds = [
  'local-storage',
  'session-storage',
  'indexed-db',
  'cache-storage',
  'service-worker',
] as const;
export type AreaKind = (typeof areaKinds)[number];

/** Something that a page keeps, by its name alone. */
export interface AreaThing {
  readonly kind: AreaKind;
  readonly name: string;
  /** Null where only the whole origin's size is known. */
  readonly bytes: number | null;
}

/** A page that keeps thousands of things is told of by this many of each kind. */
const MOST_OF_A_KIND = 500;

/**
 * Names everything that the page's origin keeps, in the page's own tongue. Values stay where they are: only their length is
 * looked at. A place that the page may not use is one that holds nothing.
 */
export const keysScript = `(async () => {
  const found = [];
  const add = (kind, names, bytesOf = () => null) => {
    for (const name of names.slice(0, ${MOST_OF_A_KIND})) found.push([kind, name, bytesOf(name)]);
  };
  const trying = async (work) => { try { await work(); } catch {} };
  const bytesIn = (area) => (name) => new Blob([name, area.getItem(name)]).size;
  await trying(() => add('local-storage', Object.keys(localStorage), bytesIn(localStorage)));
  await trying(() => add('session-storage', Object.keys(sessionStorage), bytesIn(sessionStorage)));
  await trying(async () => add('indexed-db', (await indexedDB.databases()).map(({ name }) => name)));
  await trying(async () => add('cache-storage', await caches.keys()));
  await trying(async () => {
    const workers = await navigator.serviceWorker.getRegistrations();
    add('service-worker', workers.map(({ scope }) => new URL(scope).pathname));
  });
  return found;
})()`;

/** What the script above has answered; a page that could reach into it gets nothing but names on a list. */
export function readAreas(answer: unknown): AreaThing[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((entry: unknown): AreaThing[] => {
    if (!Array.isArray(entry)) return [];
    const [kind, name, bytes] = entry as unknown[];
    const known = areaKinds.find((one) => one === kind);
    if (known === undefined || typeof name !== 'string') return [];
    return [{ kind: known, name, bytes: typeof bytes === 'number' ? bytes : null }];
  });
}

/** Deletes one thing in the page; comes to true where it is gone. */
export function removalScript(kind: AreaKind, name: string): string {
  // JSON is JavaScript, so that no name can be anything but a name.
  const quoted = JSON.stringify(name);
  switch (kind) {
    case 'local-storage':
      return `localStorage.removeItem(${quoted}); true`;
    case 'session-storage':
      return `sessionStorage.removeItem(${quoted}); true`;
    case 'indexed-db':
      return `new Promise((resolve) => {
  const asked = indexedDB.deleteDatabase(${quoted});
  asked.onsuccess = () => resolve(true);
  asked.onerror = asked.onblocked = () => resolve(false);
})`;
    case 'cache-storage':
      return `caches.delete(${quoted})`;
    case 'service-worker':
      return `navigator.serviceWorker.getRegistrations().then(async (all) => {
  const mine = all.find(({ scope }) => new URL(scope).pathname === ${quoted});
  return mine ? mine.unregister() : true;
})`;
  }
}
