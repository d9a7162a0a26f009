import { runEntry } from './lib/entry.mjs';
import { sayWhich } from './setup/electron.mjs';
import { setUpForElectron } from './setup/index.mjs';

/** Sets up everything that any command here needs, including what only the tests use. */
await runEntry(async (run) => {
  sayWhich(await setUpForElectron(run, ['display', 'keychain', 'faults']));
  return 0;
});
