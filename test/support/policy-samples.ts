import type { Change, Label, LabelPurpose, PolicyText } from '../../src-shared/policy-text.js';

/** A purpose in good form, with changes. */
export function samplePurpose(id: string, changes: Partial<LabelPurpose> = {}): LabelPurpose {
  return {
    id,
    kind: 'optional',
    name: id,
    what: `What ${id} does.`,
    why: `Why ${id} is wanted.`,
    data: ['pages opened'],
    recipients: ['Measurer'],
    retention: { text: 'Thirty days.', longestDays: 30 },
    ...changes,
  };
}

/** A label card with one necessary and two optional purposes, with changes. */
export function sampleLabel(changes: Partial<Label> = {}): Label {
  return {
    publisher: 'Nobody',
    summary: 'A small service.',
    purposes: [
      samplePurpose('necessary', { kind: 'necessary' }),
      samplePurpose('analytics'),
      samplePurpose('advertising'),
    ],
    items: [
      {
        name: 'visits',
        purpose: 'analytics',
        storage: 'cookie',
        what: 'Counts visits.',
        retention: { text: 'A week.', longestDays: 7 },
      },
    ],
    thirdParties: [{ name: 'Payer', what: 'Takes payments.' }],
    notDone: ['No fingerprinting.'],
    howToWithdraw: 'Turn it off.',
    contacts: [{ about: 'All', email: null, text: 'Ask.' }],
    ...changes,
  };
}

/** The card with one purpose changed. */
export function labelWith(id: string, changes: Partial<LabelPurpose>): Label {
  const label = sampleLabel();
  const purposes = label.purposes.map((one) => (one.id === id ? { ...one, ...changes } : one));
  return { ...label, purposes };
}

/** One entry of a list of changes, with changes. */
export function sampleChange(changes: Partial<Change> = {}): Change {
  return { kind: 'wording', purposes: [], material: false, summary: 'Other words.', ...changes };
}

/** A policy text of a day, named by it, with changes. */
export function sampleText(day: string, changes: Partial<PolicyText> = {}): PolicyText {
  return {
    version: day,
    lang: 'en',
    dated: day,
    effectiveAt: `${day}T00:00:00Z`,
    changes: [],
    label: sampleLabel(),
    sections: [
      { id: 'only', heading: 'Only part', blocks: [{ kind: 'paragraph', text: 'Some words.' }] },
    ],
    ...changes,
  };
}
