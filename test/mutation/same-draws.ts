import fc from 'fast-check';

// Always the same draws: a mutant must not survive one run and be noticed in the next. Fewer than usual, because every
// mutant runs them; a property that asks for a number of its own gets that.
fc.configureGlobal({
  seed: Number(process.env['SAYSO_SEED'] ?? 1),
  numRuns: 50,
});
