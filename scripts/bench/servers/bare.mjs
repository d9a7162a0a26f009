import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';
import Database from 'better-sqlite3';

// `node bare.mjs FILE`: the floor under a request with 500 entries, in a process of its own as our server is. It reads the
// body, hashes what the signatures stand on, checks the same one signature for a run of entries, signs once, keeps every entry
// in one transaction of SQLite with the same durability, and answers with each id. It knows no accounts, no chains, no
// repeats, no schemas and no errors. The device's key comes once as `PUT /key`. First line on stdout: {"url"}.
const [file = ''] = process.argv.slice(2);
const database = new Database(file);
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON'])
  database.pragma(pragma);
database.exec(
  'CREATE TABLE entry (id TEXT PRIMARY KEY, body TEXT NOT NULL, receipt TEXT NOT NULL)',
);
const insert = database.prepare('INSERT INTO entry (id, body, receipt) VALUES (?, ?, ?)');
const keepAll = database.transaction(
  (/** @type {any[]} */ entries, /** @type {string} */ receipt) => {
    for (const entry of entries) insert.run(entry.decision.id, JSON.stringify(entry), receipt);
  },
);
const { privateKey } = generateKeyPairSync('ed25519');
/** @type {import('node:crypto').KeyObject | null} */
let deviceKey = null;

/** @param {string} text of the body */
function take(text) {
  const { entries } = JSON.parse(text);
  let hash = Buffer.alloc(0);
  for (const { decision, salt, chain, prev } of entries) {
    const payload = createHash('sha256');
    payload.update(Buffer.from(salt, 'base64url')).update(JSON.stringify(decision));
    const header = { chain, payloadHash: payload.digest('hex'), prev, seq: decision.seq, v: 1 };
    hash = createHash('sha256')
      .update(`SAYSO-LEDGER-V1\0${JSON.stringify(header)}`)
      .digest();
  }
  const last = entries.at(-1);
  // The words may come in another order than the device signed them in; the bytes signed are what it says they are.
  const signed = Buffer.from(last.entryHash, 'hex');
  if (!deviceKey || !verify(null, signed, deviceKey, Buffer.from(last.signature, 'base64url')))
    throw new Error('the signature does not check');
  const receipt = sign(null, hash, privateKey).toString('base64url');
  keepAll(entries, receipt);
  const results = entries.map((/** @type {any} */ entry) => ({ id: entry.decision.id, receipt }));
  return JSON.stringify({ results });
}

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString();
    if (request.method === 'PUT') {
      deviceKey = createPublicKey({ key: JSON.parse(text), format: 'jwk' });
      response.end();
    } else response.end(take(text));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`);
});
