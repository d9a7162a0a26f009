import type { LabelPurpose } from '../src-shared/policy-text.js';
import type { PolicyView, PurposeView, ServiceView } from '../src-shared/views.js';

/** A purpose as it stands, with the words the policy has for it. */
export interface PurposeRow {
  readonly purpose: PurposeView;
  readonly label: LabelPurpose;
}

/**
 * The purposes of a service in the policy's own order, split by who decides. A purpose the policy has no words for is
 * left out: nobody can decide on what is not explained, and what is not decided stays off.
 */
export function purposeRows(
  service: ServiceView,
  policy: PolicyView,
): {
  readonly optional: readonly PurposeRow[];
  readonly optOut: readonly PurposeRow[];
  readonly necessary: readonly PurposeRow[];
} {
  const rows = policy.label.purposes.flatMap((label) => {
    const purpose = service.purposes.find(({ id }) => id === label.id);
    return purpose ? [{ purpose, label }] : [];
  });
  return {
    optional: rows.filter(({ purpose }) => purpose.kind === 'optional'),
    optOut: rows.filter(({ purpose }) => purpose.kind === 'opt-out'),
    necessary: rows.filter(({ purpose }) => purpose.kind === 'necessary'),
  };
}
