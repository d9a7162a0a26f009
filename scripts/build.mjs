import { ensureBuilt } from './build/index.mjs';
import { runEntry } from './lib/entry.mjs';
import { say } from './lib/say.mjs';
import { setUpForTools } from './setup/index.mjs';

/** Builds the app and the reference server, if their sources have changed. */
await runEntry(async (run) => {
  await setUpForTools(run);
  if (!(await ensureBuilt(run))) say('build: up to date');
  return 0;
});
