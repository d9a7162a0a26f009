const HEADINGS = ['name', 'ours', 'baseline', 'unit', 'ratio', '95 %', 'goal', 'met', 'runs'];

/**
 * The rows as a table for a terminal, with what each compares below it.
 *
 * @param {import('./rows.mjs').Row[]} rows
 * @returns {string}
 */
export function tableOf(rows) {
  const lines = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const table = lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = rows.flatMap(({ name, what, notes: said }) =>
    [what, ...said].filter(Boolean).map((note) => `${name}: ${note}`),
  );
  return [...table, '', ...notes].join('\n');
}

/** @param {import('./rows.mjs').Row} row */
function cellsOf({ name, ours, baseline, unit, ratio, interval, goal, met, runs }) {
  return [
    name,
    figure(ours),
    figure(baseline),
    unit ?? '',
    figure(ratio),
    interval ? `${figure(interval[0])} .. ${figure(interval[1])}` : '',
    goal ?? '',
    met === null ? '-' : met ? 'yes' : 'NO',
    String(runs),
  ];
}

/** @param {number | null} value */
function figure(value) {
  return value === null ? '-' : String(Number(value.toPrecision(4)));
}
