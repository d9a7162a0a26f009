import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { RunningApp } from './stage.js';

/** Where one of several texts was found, by what the text is. */
export type Found = Readonly<Record<string, number>>;

/**
 * Which texts the V8 heap of the main process holds after a collection. A snapshot lists each text of the heap, up to its first
 * 1,024 characters; the bytes of buffers are not part of it.
 * @param texts by what they are; none of them is told to the app.
 */
export async function inMainHeap(
  { electron }: RunningApp,
  folder: string,
  texts: Readonly<Record<string, string>>,
): Promise<Found> {
  const file = path.join(folder, 'main.heapsnapshot');
  await electron.evaluate((_electron, target) => {
    const v8 = process.getBuiltinModule('node:v8');
    v8.setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    collect();
    collect();
    v8.writeHeapSnapshot(target);
  }, file);
  return countIn(file, texts);
}

/** The same for every window's renderer. */
export async function inRendererHeaps(
  { electron }: RunningApp,
  folder: string,
  texts: Readonly<Record<string, string>>,
): Promise<Found> {
  const file = path.join(folder, 'renderer.heapsnapshot');
  const all = await electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map(({ id }) => id),
  );
  const found: Record<string, number> = {};
  for (const id of all) {
    await electron.evaluate(
      ({ webContents }, given) => webContents.fromId(given.id)?.takeHeapSnapshot(given.file),
      { id, file },
    );
    for (const [name, count] of Object.entries(countIn(file, texts)))
      found[name] = (found[name] ?? 0) + count;
  }
  return found;
}

function countIn(file: string, texts: Readonly<Record<string, string>>): Found {
  const bytes = readFileSync(file);
  rmSync(file);
  if (!bytes.includes('"snapshot"')) throw new Error('no heap snapshot was written');
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const count = occurrences(bytes, Buffer.from(text));
      return count === 0 ? [] : [[name, count]];
    }),
  );
}

/** How often a text stands in some bytes. */
export function occurrences(bytes: Buffer, text: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) count += 1;
  return count;
}
