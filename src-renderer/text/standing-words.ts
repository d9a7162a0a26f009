import type { Messages } from '../../src-shared/text/index.js';
import type { ServiceView } from '../../src-shared/views.js';

/** What happened to a ledger that is not believed, and what it means; null where it is not suspect. */
export function suspectWords(
  { ledger, name }: Pick<ServiceView, 'ledger' | 'name'>,
  { standing: text }: Messages,
): string | null {
  if (ledger.state !== 'suspect') return null;
  const what = text[ledger.reason ?? 'unreadable']({ service: name });
  return text.suspectMeans({ what });
}

/** What an odd clock means and what to do about it; null for one that can be believed. */
export function clockWords(
  clock: ServiceView['clock'],
  { standing: text }: Messages,
): string | null {
  switch (clock) {
    case 'behind':
      return text.clockBehind();
    case 'ahead':
      return text.clockAhead();
    case 'fine':
      return null;
  }
}
