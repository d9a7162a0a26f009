import type { GateEvent } from '../gate/index.js';

/** How often something happened, by what it was: `page policy`, `action withdraw`. No moment, no order, nobody's name. */
export type Tally = Readonly<Record<string, number>>;

/** Different things counted at most; whatever else happens goes uncounted. */
const MOST_NAMES = 50;

/** The tally with one event more. */
export function tallied(tally: Tally, event: GateEvent): Tally {
  const name = event.kind === 'page' ? `page ${event.page}` : `action ${event.action}`;
  const before = Object.hasOwn(tally, name) ? (tally[name] ?? 0) : 0;
  if (before === 0 && Object.keys(tally).length >= MOST_NAMES) return tally;
  return { ...tally, [name]: before + 1 };
}

/** Reads a kept tally; anything that is none counts as nothing. */
export function readTally(text: string | null): Tally {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    const entries = Object.entries(value as Record<string, unknown>);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])),
    );
  } catch {
    return {};
  }
}
