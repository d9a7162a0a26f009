import first from '../../src-shared/text/generated/en.first.js';
import later from '../../src-shared/text/generated/en.later.js';
import type { Messages } from '../../src-shared/text/index.js';

/** What the window says in English, as the window itself puts it together. */
export const english: Messages = { ...first, ...later };
