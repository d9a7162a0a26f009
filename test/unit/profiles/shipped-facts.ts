import type { Label, PolicyText } from '../../../src-shared/policy-text.js';
import { shippedProfile } from './profile-folders.js';

/** The only policy a service ships with. Throws when there is another number of them. */
export function onlyPolicy(folder: string): PolicyText {
  const [policy, ...others] = shippedProfile(folder).policies;
  if (!policy || others.length > 0) throw new Error(`${folder} does not ship exactly one policy`);
  return policy;
}

/** Id, kind and name of every purpose, in the order of the card. */
export function purposeNames(label: Label): [id: string, kind: string, name: string][] {
  return label.purposes.map(({ id, kind, name }) => [id, kind, name]);
}

/** Name, purpose and longest days of every declared item. */
export function itemFacts(label: Label): [name: string, purpose: string, days: number | null][] {
  return label.items.map(({ name, purpose, retention }) => [name, purpose, retention.longestDays]);
}

/** The whole text of one part, its blocks joined by line ends. Throws when the part does not exist. */
export function partText(policy: PolicyText, id: string): string {
  const part = policy.sections.find((section) => section.id === id);
  if (!part) throw new Error(`${policy.version} has no part "${id}"`);
  return part.blocks
    .flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))
    .join('\n');
}

/** Every sentence of a policy that a person reads: the card, then the parts. */
export function wordsOf(policy: PolicyText): string[] {
  const { label, sections } = policy;
  return [
    label.summary,
    label.howToWithdraw,
    ...label.purposes.flatMap((purpose) => [
      purpose.name,
      purpose.what,
      purpose.why,
      purpose.retention.text,
      ...purpose.data,
      ...purpose.recipients,
    ]),
    ...label.items.flatMap((item) => [item.what, item.retention.text]),
    ...label.thirdParties.map((party) => party.what),
    ...label.notDone,
    ...label.contacts.flatMap((contact) => [contact.about, contact.text]),
    ...sections.map((section) => section.heading),
    ...sections.flatMap((section) => partText(policy, section.id).split('\n')),
  ];
}
