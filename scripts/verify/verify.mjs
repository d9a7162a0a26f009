import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { StepError } from '../lib/step-error.mjs';
import { createVerifyCrypto } from './crypto.mjs';

/** @typedef {typeof import('../../src-shared/proof/verify-tool.js')} Verifier the bundled rules */

/** What the exit code says. */
export const EXIT = /** @type {const} */ ({
  /** All of it is proven by the keys that were given. */
  proven: 0,
  /** Something in it is false. */
  false: 1,
  /** Called wrongly, or the file is no export. */
  notChecked: 2,
  /** Nothing is false, but not all is proven: no keys were given, or something has no receipt. */
  open: 3,
});

const USAGE = 'npm run verify -- FILE [--jwks FILE]';

/**
 * Checks one export file and says in words what came of it.
 *
 * @param {string[]} args the command line: the file, and `--jwks` as often as there are files of keys
 * @param {Verifier} verifier
 * @param {(line: string) => void} [print] one line of the result
 * @returns {Promise<number>} the exit code
 * @throws {StepError} where the command is wrong or a file cannot be read
 */
export async function verify(args, verifier, print = (line) => console.log(line)) {
  const { file, jwks } = readCommand(args);
  const given = jwks.length === 0 ? null : await readKeys(jwks, verifier);
  const crypto = createVerifyCrypto(verifier.RECEIPT_TYPE);
  const checked = await verifier.verifyExport(crypto, await bytesOf(file), given);
  if (!checked.ok) {
    print(
      `This is no export that can be read: ${checked.error.reason} (at ${checked.error.where}).`,
    );
    return EXIT.notChecked;
  }
  for (const line of verifier.verdictWords(checked.value)) print(line);
  return EXIT[verifier.outcomeOf(checked.value)];
}

/**
 * @param {string[]} args
 * @returns {{ file: string, jwks: string[] }}
 */
function readCommand(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { jwks: { type: 'string', multiple: true } },
    });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { file, jwks: values.jwks ?? [] };
  } catch (error) {
    throw new StepError('Verify', /** @type {Error} */ (error).message, USAGE);
  }
  throw new StepError('Verify', 'name one file to check.', USAGE);
}

/**
 * @param {string[]} files
 * @param {Verifier} verifier
 */
async function readKeys(files, verifier) {
  const read = await Promise.all(
    files.map(async (file) => {
      const keys = verifier.readServerKeys(await bytesOf(file));
      if (keys) return keys;
      throw new StepError('Verify', `${file} holds no set of Ed25519 keys.`, USAGE);
    }),
  );
  return read.flat();
}

/** @param {string} file */
async function bytesOf(file) {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new StepError(
      'Verify',
      `${file} cannot be read: ${/** @type {Error} */ (error).message}`,
    );
  }
}
