import { ensureMessages } from './build/index.mjs';
import { runEntry } from './lib/entry.mjs';
import { StepError } from './lib/step-error.mjs';
import { runChecks } from './run/checks.mjs';
import { setUpForTools } from './setup/index.mjs';

/** Runs the tools that only read the sources: `types`, `lint` or both. */
await runEntry(async (run) => {
  const groups = process.argv.slice(2).map((name) => {
    if (name === 'types' || name === 'lint') return name;
    throw new StepError('Check', `there is no check called ${name}.`, 'Say types, lint or both.');
  });
  await setUpForTools(run);
  await ensureMessages(run);
  const { failed } = await runChecks(run, groups.length > 0 ? groups : ['types', 'lint']);
  return failed === 0 ? 0 : 1;
});
