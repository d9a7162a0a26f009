import { runEntry } from './lib/entry.mjs';
import { DESKTOP, prepareApp, runInDesktop } from './run/prepare.mjs';

// `npm run at-spi`: reads the system's own accessibility tree (AT-SPI) of the built app at every page and dialog. It needs
// at-spi2-core and python3-pyatspi, says so where they are missing, and is no part of `npm test` for that reason.
await runEntry(async (run) => {
  const electron = await prepareApp(run, DESKTOP);
  return await runInDesktop(run, electron, ['scripts/at-spi/main.mjs', ...process.argv.slice(2)]);
});
