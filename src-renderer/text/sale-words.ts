import type { Choice } from '../../src-shared/consent/decision.js';
import type { PurposeView } from '../../src-shared/views.js';
import type { Words } from './context.js';
import { purposeWords } from './purpose-words.js';

/**
 * Whether personal information is sold or shared, in words.
 * @param pressed the answer on its way, or null: the words change once it is kept.
 */
export function saleWords(purpose: PurposeView, pressed: Choice | null, words: Words): string {
  const { text, days } = words;
  if (pressed !== null && pressed !== purpose.state) return text.privacy.saving();
  if (purpose.limit === 'signal') return text.sale.offSignal();
  if (purpose.limit === 'never-here') return text.limits.offNeverHere();
  if (purpose.state === 'granted') return purposeWords(purpose, words);
  if (purpose.state !== 'denied' || purpose.since === null) return text.sale.off();
  return text.sale.refusedOn({ since: days.ofInstant(purpose.since) });
}
