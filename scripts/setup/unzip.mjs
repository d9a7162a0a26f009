import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Unpacks chosen files of a zip archive.
 *
 * @param {string} archive path of the archive
 * @param {string} folder where the files go
 * @param {(name: string) => string | undefined} placeOf gives each entry's place relative to the folder, or undefined to leave it out
 * @returns {Promise<void>}
 * @throws where the archive is damaged, or an entry would land outside the folder
 */
export async function unzip(archive, folder, placeOf) {
  // Imported here because scripts must load before the first npm ci.
  // @ts-ignore: it comes without types.
  const yauzl = await import('yauzl');
  const zip = await yauzl.openPromise(archive, { lazyEntries: true });
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName);
      if (place === undefined) continue;
      const target = join(folder, place);
      if (relative(folder, target).startsWith('..'))
        throw new Error(`${entry.fileName} would be unpacked outside its folder`);
      await mkdir(dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
    }
  } finally {
    zip.close();
  }
}
