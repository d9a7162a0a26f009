import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstLine, startHelper } from './helper.mjs';

/** Large enough for the app's default window with room around it, in pixels and bits of colour. */
const SCREEN = '1600x1000x24';

/**
 * Starts an X server that draws into memory only. It looks for a free display number by itself and lets in only those who
 * know the secret in the authority file.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} folder a private folder for the authority file
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, display: string, authority: string }>}
 * @throws {StepError} where it does not start
 */
export async function startVirtualDisplay(run, folder) {
  const authority = join(folder, 'Xauthority');
  await writeFile(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  const args = [
    '-displayfd',
    '3',
    '-screen',
    '0',
    SCREEN,
    '-nolisten',
    'tcp',
    '-auth',
    authority,
    '-noreset',
  ];
  const child = startHelper(run, 'Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const number = await firstLine(
    run,
    child,
    /** @type {import('node:stream').Readable} */ (child.stdio[3]),
    'Virtual display',
  );
  return { child, display: `:${number.trim()}`, authority };
}

/**
 * One entry of an X authority file that is valid for every display: the number is not known before the server has started.
 *
 * @param {Buffer} cookie the secret, 16 bytes
 * @returns {Buffer}
 */
export function authorityEntry(cookie) {
  const FAMILY_WILD = Buffer.from([0xff, 0xff]);
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie];
  return Buffer.concat([
    FAMILY_WILD,
    ...fields.flatMap((field) => [Buffer.from([field.length >> 8, field.length & 0xff]), field]),
  ]);
}
