import { runEntry } from './lib/entry.mjs';
import { DESKTOP, prepareApp, runInDesktop } from './run/prepare.mjs';

// `npm run icons`: draws the app's icon anew in every size, from the drawings in resources/icons.
await runEntry(async (run) => {
  const electron = await prepareApp(run, DESKTOP);
  return await runInDesktop(run, electron, ['scripts/icons/main.mjs']);
});
