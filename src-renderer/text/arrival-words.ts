import type { ArrivalView } from '../../src-shared/arrival-view.js';
import type { Messages } from '../../src-shared/text/index.js';

/**
 * How the account's choices stand to what was chosen on this device before.
 * @param nameOf what a purpose is called.
 */
export function arrivalWords(
  { hasOwn, differing, settled }: ArrivalView,
  nameOf: (purpose: string) => string,
  { arrival: text, app }: Messages,
): string {
  if (!hasOwn) return text.noOwn();
  if (settled === 'taken-over') return text.takenOver();
  if (differing.length === 0) return text.agree();
  const names = differing.map(nameOf).join(app.listSeparator());
  return settled === 'unasked' ? text.differUnasked({ names }) : text.differApart({ names });
}
