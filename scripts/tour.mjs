import { runEntry } from './lib/entry.mjs';
import { DESKTOP, prepareApp, runInDesktop } from './run/prepare.mjs';

// `npm run tour -- [--out DIR]`: the main job in the built app, a screenshot for each step, and tour.json.
await runEntry(async (run) => {
  const electron = await prepareApp(run, DESKTOP);
  return await runInDesktop(run, electron, ['scripts/tour/main.mjs', ...process.argv.slice(2)]);
});
