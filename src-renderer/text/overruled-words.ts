import type { PurposeView } from '../../src-shared/views.js';
import type { Words } from './context.js';

/**
 * What to say where a refusal stands over a yes that it had not seen, such as "Refused on another device on Sunday, 22
 * November 2026, so Analytics stays off."; null where there is nothing to settle.
 * @param name the purpose's name in the policy's words.
 */
export function overruledWords(
  purpose: PurposeView,
  name: string,
  { text, days }: Words,
): string | null {
  const { state, since, overruledGrantAt, heldByDevice, saidHere } = purpose;
  // What this device holds on its own is settled by the question about this device's choices.
  if (state !== 'denied' || heldByDevice || since === null || overruledGrantAt === null)
    return null;
  const refused = days.ofInstantByWeekday(since);
  if (!saidHere) return text.privacy.overruledElsewhere({ refused, purpose: name });
  const granted = days.ofInstantByWeekday(overruledGrantAt);
  return text.privacy.overruledHere({ refused, granted, purpose: name });
}
