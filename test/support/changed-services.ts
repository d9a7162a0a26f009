import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PolicyText } from '../../src-shared/policy-text.js';
import type { Stage } from './stage.js';

const SHIPPED = path.resolve(import.meta.dirname, '../../resources/services');
const FIRST = '2026-05-15';
export const NEXT_VERSION = '2027-01-01';
/** The one change of the next version, in words. */
export const CHANGE_WORDS = 'Analytics are sent to Counting House.';
/** What the next version says at the top where only its words change. */
export const WORDING_WORDS = 'Integro keeps little, and says so more clearly.';

/** A copy of the services as they ship, to be changed by a test. */
export function copiedServices(stage: Stage): string {
  const folder = path.join(stage.folder('services'), 'services');
  cpSync(SHIPPED, folder, { recursive: true });
  return folder;
}

/**
 * The services as they ship, with a next version of Integro's policy: it gives analytics a recipient, or with `editorial` only
 * says the same in other words.
 */
export function changedServices(
  stage: Stage,
  effectiveAt: string,
  kind: 'material' | 'editorial' = 'material',
): string {
  const folder = copiedServices(stage);
  const policies = path.join(folder, 'integro', 'policy');
  const text = JSON.parse(
    readFileSync(path.join(policies, `${FIRST}.en.json`), 'utf8'),
  ) as PolicyText;
  const next: PolicyText = {
    ...text,
    version: NEXT_VERSION,
    dated: '2027-01-01',
    effectiveAt,
    changes: [
      kind === 'material'
        ? { kind: 'recipient', purposes: ['analytics'], material: true, summary: CHANGE_WORDS }
        : { kind: 'wording', purposes: [], material: false, summary: WORDING_WORDS },
    ],
    label: {
      ...text.label,
      summary: kind === 'material' ? text.label.summary : WORDING_WORDS,
      purposes: text.label.purposes.map((purpose) =>
        purpose.id === 'analytics' && kind === 'material'
          ? { ...purpose, recipients: ['Counting House'] }
          : purpose,
      ),
    },
  };
  writeFileSync(path.join(policies, `${NEXT_VERSION}.en.json`), JSON.stringify(next));
  return folder;
}
