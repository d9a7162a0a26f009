import { runEntry } from './lib/entry.mjs';
import { runMutation } from './mutation/run.mjs';
import { scoreOf, total } from './mutation/report.mjs';
import { setUpForTools } from './setup/index.mjs';

// `npm run mutation`: how much of the pure rules the tests hold; writes docs/mutation.md. Exit code 1 below 90 %.
// `npm run mutation -- decision receipt --concurrency 2` measures these chunks alone, and hands the rest to Stryker.
await runEntry(async (run) => {
  await setUpForTools(run);
  const { exitCode, result } = await runMutation(run, process.argv.slice(2));
  const sum = total(result.files);
  const all = sum.killed + sum.survived + sum.uncovered;
  console.log(`${sum.killed} of ${all} mutants noticed: ${scoreOf(sum).toFixed(1)} %`);
  return exitCode;
});
