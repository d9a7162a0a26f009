import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, startServer } from '../drive/index.mjs';
import { PLACES } from './places.mjs';
import { startReader } from './reader.mjs';

/** What a person can act on or fill in. */
const NO_CONTROL = new Set(['heading', 'dialog']);
/** A tree is not all there the moment the page is: it is read again until it is the same twice. */
const MOST_READINGS = 40;

const reader = await startReader();
if (typeof reader === 'string') {
  console.error(`The system's accessibility tree cannot be read here: ${reader}.`);
  console.error('On Debian: apt-get install at-spi2-core python3-pyatspi');
  process.exit(2);
}

/** @param {string} title a heading or dialog that has to be there */
async function settled(title) {
  let before = '';
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const found = await reader.read();
    const now = JSON.stringify(found);
    const isThere = found.some(({ role, name }) => NO_CONTROL.has(role) && name === title);
    if (isThere && now === before) return found;
    before = now;
    await new Promise((rested) => setTimeout(rested, 250));
  }
  throw new Error(`the tree never showed "${title}": ${before}`);
}

const folders = await Promise.all(
  ['profile', 'server'].map((name) => mkdtemp(join(tmpdir(), `sayso-at-spi-${name}-`))),
);
const [profileFolder = '', dataFolder = ''] = folders;
const server = await startServer(dataFolder, 0);
let failures = 0;
try {
  const app = await launchApp({
    profileFolder,
    serverUrl: server.url,
    env: { ACCESSIBILITY_ENABLED: '1' },
    args: ['--force-renderer-accessibility'],
  });
  try {
    for (const { name, title, arrive, leave } of PLACES) {
      await arrive(app, server);
      const found = await settled(title);
      const controls = found.filter(({ role }) => !NO_CONTROL.has(role));
      const nameless = controls.filter((one) => one.name.trim() === '');
      const counted = [...new Set(controls.map(({ role }) => role))]
        .map((role) => `${controls.filter((one) => one.role === role).length} ${role}`)
        .join(', ');
      const isGood = nameless.length === 0 && controls.length > 0;
      console.log(`${isGood ? 'ok  ' : 'BAD '} ${name}: ${controls.length} controls (${counted})`);
      for (const { role, name: called, states } of controls)
        if (process.argv.includes('--all') || called.trim() === '')
          console.log(`       ${role} | ${called} | ${states.join(' ')}`);
      if (!isGood) failures += 1;
      await leave?.(app);
    }
  } finally {
    await app.kill();
  }
} finally {
  reader.stop();
  await server.stop();
  for (const folder of folders)
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
console.log(
  failures === 0 ? 'Every control has a name.' : `${failures} places are not as they should be.`,
);
process.exitCode = failures === 0 ? 0 : 1;
