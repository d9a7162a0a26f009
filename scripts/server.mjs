import { ensureBuilt } from './build/index.mjs';
import { runEntry } from './lib/entry.mjs';
import { serve } from './run/serve.mjs';
import { setUpForNode } from './setup/index.mjs';

/** Runs the reference server alone, in this very process, so that the id it prints is the one to stop. */
await runEntry(async (run) => {
  await setUpForNode(run);
  await ensureBuilt(run);
  run.handOver();
  await serve(process.argv.slice(2));
});
