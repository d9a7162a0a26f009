import type { PurposeView } from '../../src-shared/views.js';
import type { Words } from './context.js';

/** The state of an optional purpose in words, such as "On since 22 November 2026, until 22 November 2027". */
export function purposeWords(purpose: PurposeView, { text, days }: Words): string {
  const since = purpose.since === null ? null : days.ofInstant(purpose.since);
  const until = purpose.until === null ? null : days.ofInstant(purpose.until);
  switch (purpose.state) {
    case 'granted':
      if (since !== null && until !== null) return text.privacy.onSinceUntil({ since, until });
      return since === null ? text.privacy.on() : text.privacy.onSince({ since });
    case 'denied':
      return since === null ? text.privacy.refused() : text.privacy.refusedOn({ since });
    case 'not-asked':
      return text.privacy.notAsked();
    case 'ask-again':
      return text.privacy.askAgain();
    case 'expired':
      if (until !== null) return text.privacy.endedOn({ until });
      return since === null ? text.privacy.ended() : text.privacy.endedFrom({ since });
  }
}
