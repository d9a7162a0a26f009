import type { Messages } from '../../src-shared/text/index.js';
import type { FatalView } from '../../src-shared/views.js';

/** What happened, what it means for the choices, what to do. */
export interface FatalWords {
  readonly title: string;
  readonly means: string;
  readonly todo: string;
}

/** Says why Sayso cannot work with this profile; null stands for a snapshot that never came. */
export function fatalWords(fatal: FatalView | null, { fatal: text }: Messages): FatalWords {
  const means = text.means();
  switch (fatal?.code) {
    case 'profile-read-only':
      return { title: text.readOnly(), means, todo: text.readOnlyTodo() };
    case 'disk-full':
      return { title: text.diskFull(), means, todo: text.diskFullTodo() };
    case 'database-broken':
      return { title: text.broken(), means, todo: text.brokenTodo() };
    case 'database-newer': {
      const { found, known } = fatal;
      return { title: text.newer(), means, todo: text.newerTodo({ found, known }) };
    }
    case undefined:
      return { title: text.noAnswer(), means, todo: text.noAnswerTodo() };
  }
}
