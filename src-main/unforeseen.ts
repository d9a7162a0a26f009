/** Where something unforeseen went wrong. Its message stays out: nobody knows what an error quotes. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 5).map((line) => line.trim())].join(' ');
}

/** Writes a line to standard error. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
