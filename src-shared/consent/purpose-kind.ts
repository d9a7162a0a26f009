import type { PurposeKind } from '../policy-text.js';

/** The purpose under which personal information is sold or shared, as California means it (Civ. Code 1798.120). */
export const SALE_OR_SHARING = 'sale-or-sharing';

/** Purposes that the opt-out signal denies (California's CCPA 7025, Colorado's C.R.S. 6-1-1313). */
export const SIGNAL_PURPOSES: readonly string[] = ['advertising', SALE_OR_SHARING];

/**
 * How a purpose is decided on. Sale or sharing is never a part of accepting everything, also where a service calls it no more
 * than optional.
 */
export function kindOf({
  id,
  kind,
}: {
  readonly id: string;
  readonly kind: PurposeKind;
}): PurposeKind {
  return id === SALE_OR_SHARING && kind === 'optional' ? 'opt-out' : kind;
}
