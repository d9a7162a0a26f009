import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportDocument } from '../../../src-shared/proof/export.js';
import { sha256, testKey } from '../../unit/proof/support/keys.js';
import {
  chainOf,
  decisionAt,
  inputOf,
  PRESSES,
  SERVER,
  usualInput,
} from '../../unit/proof/support/ledger-of.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder = '';
let whole = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sayso-verify-'));
  whole = exportDocument(sha256, [await usualInput()]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

function jwksOf(key: typeof SERVER): Promise<string> {
  return put('jwks.json', JSON.stringify({ keys: [{ ...key.publicKey, kid: key.kid }] }));
}

/** Runs the command as `npm run verify` does, with no way to reach a network. */
async function verify(...args: string[]): Promise<Said> {
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 'verify.mjs'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

describe('the command that checks an export', () => {
  it('ends with 0 where all is proven by the keys given', async () => {
    const said = await verify(await put('a.jsonld', whole), '--jwks', await jwksOf(SERVER));
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain('what was hashed: 3 of 3 records');
    expect(said.out.trimEnd().split('\n').at(-1)).toBe(
      'Result: all of it is proven by the keys that were given.',
    );
  });

  it('ends with 3 where only the keys in the file are there, and says so', async () => {
    const said = await verify(await put('a.jsonld', whole));
    expect(said.code).toBe(3);
    expect(said.out).toContain('origin of the key not proven');
  });

  it('ends with 3 where something has no receipt', async () => {
    const entries = chainOf(PRESSES.map((press, index) => decisionAt(index + 1, press)));
    const file = await put('b.jsonld', exportDocument(sha256, [inputOf(entries)]));
    const said = await verify(file, '--jwks', await jwksOf(SERVER));
    expect(said.code).toBe(3);
    expect(said.out).toContain('no receipt');
    expect(said.out).not.toContain('origin of the key');
  });

  it('ends with 1 where something is false, and names the decision', async () => {
    const changed = whole.replaceAll('"analytics": "denied"', '"analytics": "granted"');
    const said = await verify(await put('c.jsonld', changed), '--jwks', await jwksOf(SERVER));
    expect(said.code).toBe(1);
    expect(said.out).toContain('False:');
    expect(said.out).toContain(
      'Decision 0198f0c0-0000-7000-8000-000000000002: what it says is not what was hashed',
    );
  });

  it('ends with 1 where the receipts are not by the keys given', async () => {
    const said = await verify(
      await put('a.jsonld', whole),
      '--jwks',
      await jwksOf(testKey('other')),
    );
    expect(said.code).toBe(1);
    expect(said.out).toContain('its receipt was not signed by any key that was given');
  });

  it.each<[string, () => Promise<string[]>, RegExp]>([
    ['no file', () => Promise.resolve([]), /name one file/],
    ['two files', () => Promise.resolve(['a', 'b']), /name one file/],
    ['an unknown option', () => Promise.resolve(['a', '--key', 'b']), /--key/],
    ['a file that is not there', () => Promise.resolve(['gone.jsonld']), /cannot be read/],
    ['a file that is no export', async () => [await put('d.jsonld', '{}')], /no export/],
    [
      'a file cut short',
      async () => [await put('e.jsonld', whole.slice(0, -10))],
      /unexpected end/,
    ],
    [
      'keys that are none',
      async () => [await put('a.jsonld', whole), '--jwks', await put('f.json', '{"keys":[1]}')],
      /no set of Ed25519 keys/,
    ],
  ])('ends with 2 for %s', async (_, args, words) => {
    const said = await verify(...(await args()));
    expect(said.code).toBe(2);
    expect(said.out + said.err).toMatch(words);
  });
});
