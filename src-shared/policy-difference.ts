import { differenceOfLabels, type LabelDifference } from './policy-difference/labels.js';
import { differenceOfSections, type SectionDifference } from './policy-difference/sections.js';
import type { PolicyText } from './policy-text.js';

export type { LabelAbout, LabelDifference, LabelField } from './policy-difference/labels.js';
export type { Line, Span } from './policy-difference/lines.js';
export type { SectionDifference } from './policy-difference/sections.js';

/** What a person finds different between two texts; parts that are the same are left out. */
export interface PolicyDifference {
  readonly from: string;
  readonly to: string;
  readonly lang: string;
  /** When the newer one takes effect, UTC. */
  readonly effectiveAt: string;
  readonly label: readonly LabelDifference[];
  readonly sections: readonly SectionDifference[];
}

/** The difference between two texts of one policy in one language, to be read by people. */
export function differenceOf(from: PolicyText, to: PolicyText): PolicyDifference {
  return {
    from: from.version,
    to: to.version,
    lang: to.lang,
    effectiveAt: to.effectiveAt,
    label: differenceOfLabels(from.label, to.label),
    sections: differenceOfSections(from.sections, to.sections),
  };
}
