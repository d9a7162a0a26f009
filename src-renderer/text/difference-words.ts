import type {
  LabelDifference,
  LabelField,
  SectionDifference,
} from '../../src-shared/policy-difference.js';
import type { Messages } from '../../src-shared/text/index.js';

/** The heading of something that differs on the label card. */
export function labelHeading({ kind, about, name }: LabelDifference, text: Messages): string {
  const { difference } = text;
  if (about === 'card' || name === null) return text.label.title();
  if (kind === 'changed') return about === 'purpose' ? name : difference.itemChanged({ name });
  const isNew = kind === 'added';
  if (about === 'purpose')
    return isNew ? difference.purposeAdded({ name }) : difference.purposeRemoved({ name });
  return isNew ? difference.itemAdded({ name }) : difference.itemRemoved({ name });
}

/** The heading of a part of the text that differs. */
export function sectionHeading({ kind, heading }: SectionDifference, text: Messages): string {
  if (kind === 'changed') return heading;
  const { partAdded, partRemoved } = text.difference;
  return kind === 'added' ? partAdded({ name: heading }) : partRemoved({ name: heading });
}

/** What a row of the label card is called. */
export function fieldWords(field: LabelField, text: Messages): string {
  const names: Readonly<Record<LabelField, () => string>> = {
    publisher: text.label.who,
    summary: text.difference.summary,
    thirdParties: text.policy.thirdParties,
    notDone: text.policy.notDone,
    howToWithdraw: text.label.howToWithdraw,
    contacts: text.policy.contacts,
    name: text.difference.name,
    kind: text.difference.kind,
    what: text.label.what,
    why: text.label.why,
    data: text.label.data,
    recipients: text.label.recipients,
    retention: text.label.retention,
    longestDays: text.difference.longestDays,
    purpose: text.difference.purpose,
    storage: text.difference.storage,
  };
  return names[field]();
}

/**
 * A value of the label card in words; what the policy says in its own words stays as it is.
 * @param purposeName the name of a purpose by its id.
 */
export function valueWords(
  field: LabelField,
  value: string,
  text: Messages,
  purposeName: (id: string) => string,
): string {
  switch (field) {
    case 'kind':
      return value === 'necessary' ? text.label.alwaysOn() : text.label.yourChoice();
    case 'longestDays':
      return text.difference.days({ count: Number(value) });
    case 'purpose':
      return purposeName(value);
    case 'storage':
      return storageWords(value, text);
    default:
      return value;
  }
}

function storageWords(storage: string, { policy }: Messages): string {
  const names: Readonly<Record<string, () => string>> = {
    cookie: policy.storageCookie,
    'local-storage': policy.storageLocal,
    'session-storage': policy.storageSession,
    app: policy.storageApp,
  };
  return names[storage]?.() ?? storage;
}
