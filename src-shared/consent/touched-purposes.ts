/** Purposes by id, or `every`: also those that nobody has heard of yet. */
export type TouchedPurposes = ReadonlySet<string> | 'every';

/** Whether a purpose is among those touched. */
export function touches(touched: TouchedPurposes, purpose: string): boolean {
  return touched === 'every' || touched.has(purpose);
}

/** Everything that any of them touches. */
export function touchedTogether(parts: readonly TouchedPurposes[]): TouchedPurposes {
  const sets = parts.filter((part) => part !== 'every');
  return sets.length < parts.length ? 'every' : new Set(sets.flatMap((set) => [...set]));
}
