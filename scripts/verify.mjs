import { runEntry } from './lib/entry.mjs';
import { say } from './lib/say.mjs';
import { StepError } from './lib/step-error.mjs';
import { setUpForTools } from './setup/index.mjs';
import { ensureVerifier } from './verify/bundle.mjs';
import { EXIT, verify } from './verify/verify.mjs';

/** Checks an exported file without a network. Exit codes: see `EXIT`. */
await runEntry(async (run) => {
  try {
    await setUpForTools(run);
    return await verify(process.argv.slice(2), await ensureVerifier(run));
  } catch (error) {
    // 1 says that something in the file is false, which is not known when the checker itself could not be made.
    if (!(error instanceof StepError)) throw error;
    say(error.message);
    return EXIT.notChecked;
  }
});
