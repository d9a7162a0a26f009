import { exitCodeOf, runChild } from './lib/child.mjs';
import { runEntry } from './lib/entry.mjs';
import { electronArguments } from './run/electron-arguments.mjs';
import { setUpForElectron } from './setup/index.mjs';

/** Runs the Electron that everything here runs on, or says where it is. */
await runEntry(async (run) => {
  const args = process.argv.slice(2);
  const electron = await setUpForElectron(run, []);
  if (args[0] === '--print-path') console.log(electron.executablePath);
  else if (args[0] === '--version') console.log(`v${electron.electronVersion}`);
  else
    return exitCodeOf(
      await runChild(run, electron.executablePath, electronArguments(args), { stdio: 'inherit' }),
    );
  return 0;
});
