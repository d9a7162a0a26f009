import type { PurposeView } from '../../src-shared/views.js';
import type { EffectiveReading } from './read-state.js';

/** What a window shows of one purpose. What is necessary has no reading: it is always on. */
export function purposeViewOf(
  id: string,
  kind: PurposeView['kind'],
  reading: EffectiveReading | undefined,
  neverHere: boolean,
): PurposeView {
  const utc = (ms: number | null | undefined): string | null =>
    ms === null || ms === undefined ? null : new Date(ms).toISOString();
  return {
    id,
    kind,
    state: reading?.state ?? (kind === 'necessary' ? 'granted' : 'not-asked'),
    since: utc(reading?.by?.atMs),
    until: utc(reading?.untilMs),
    heldByDevice: reading?.heldByDevice ?? false,
    saidHere: reading?.saidHere ?? false,
    overruledGrantAt: utc(newestPress(reading)),
    limit: reading?.limit ?? null,
    neverHere,
  };
}

function newestPress(reading: EffectiveReading | undefined): number | null {
  const presses = reading?.overruled.map(({ atMs }) => atMs) ?? [];
  return presses.length > 0 ? Math.max(...presses) : null;
}
