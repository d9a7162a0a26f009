import { describe, expect, it } from 'vitest';
import { announcementOf, type AnnouncementFacts } from '../../../src-main/policy/announcement.js';
import { policyTimeline } from '../../../src-shared/consent/policy-change.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import { labelWith, sampleChange, sampleLabel, sampleText } from '../../support/policy-samples.js';

const [ONE, TWO, THREE, FOUR] = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'] as const;
const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const material = (summary: string, ...purposes: string[]) =>
  sampleChange({ material: true, purposes, summary });

/** What is announced on a day, where the newest version in force is on show. */
function announced(
  texts: readonly PolicyText[],
  today: string,
  asked: AnnouncementFacts['asked'] = [],
) {
  const timeline = policyTimeline(texts.map((text) => ({ text, previous: [] })));
  const current = timeline.versions.findLast(({ effectiveAtMs }) => effectiveAtMs <= ms(today));
  return announcementOf({
    timeline,
    current: current?.version ?? '',
    nowMs: ms(today),
    optional: ['analytics', 'advertising'],
    asked,
    changesOf: ({ texts: [text] }) => text?.changes ?? [],
  });
}

const second = sampleText(TWO, {
  changes: [material('Names too.', 'analytics'), sampleChange({ summary: 'A typo.' })],
});

describe('a version to come', () => {
  it('is announced with its day, what it touches and what changes materially', () => {
    expect(announced([sampleText(ONE), second], ONE)).toEqual({
      version: TWO,
      from: ONE,
      effectiveAt: '2026-02-01T00:00:00.000Z',
      isInForce: false,
      purposes: ['analytics'],
      summaries: ['Names too.'],
    });
  });

  it.each([
    [
      'a label card that reaches further',
      { label: labelWith('advertising', { data: ['x', 'pages opened'] }) },
      ['advertising'],
    ],
    [
      'a new third party',
      { label: sampleLabel({ thirdParties: [{ name: 'Else', what: 'Acts.' }] }) },
      ['analytics', 'advertising'],
    ],
    ['a change of what is always on', { changes: [material('More.', 'necessary')] }, []],
  ])('is announced for %s', (_, changes, purposes) => {
    const shown = announced([sampleText(ONE), sampleText(TWO, changes)], ONE);
    expect(shown).toMatchObject({ version: TWO, purposes });
  });

  it('is not announced when only words change, and the first material one after it is', () => {
    const editorial = sampleText(TWO, { changes: [sampleChange()] });
    expect(announced([sampleText(ONE), editorial], ONE)).toBeNull();
    const third = sampleText(THREE, { changes: [material('All.')] });
    const fourth = sampleText(FOUR, { changes: [material('More.')] });
    expect(announced([sampleText(ONE), editorial, third, fourth], ONE)).toMatchObject({
      version: THREE,
      from: ONE,
      purposes: ['analytics', 'advertising'],
    });
  });
});

describe('a version in force', () => {
  const asked = [{ purpose: 'analytics', policyVersion: ONE }];

  it('is announced until what it touches was answered', () => {
    const shown = announced([sampleText(ONE), second], TWO, asked);
    expect(shown).toEqual({
      version: TWO,
      from: ONE,
      effectiveAt: '2026-02-01T00:00:00.000Z',
      isInForce: true,
      purposes: ['analytics'],
      summaries: ['Names too.'],
    });
    expect(announced([sampleText(ONE), second], TWO)).toBeNull();
  });

  it('is not announced for a purpose that is asked about for another reason', () => {
    const other = [
      { purpose: 'advertising', policyVersion: ONE },
      { purpose: 'analytics', policyVersion: TWO },
    ];
    expect(announced([sampleText(ONE), second], TWO, other)).toBeNull();
  });

  it('speaks of no purpose that only one to come touches', () => {
    const third = sampleText(THREE, { changes: [material('Ads.', 'advertising')] });
    const both = [...asked, { purpose: 'advertising', policyVersion: ONE }];
    const shown = announced([sampleText(ONE), second, third], TWO, both);
    expect(shown).toMatchObject({
      version: TWO,
      purposes: ['analytics'],
      summaries: ['Names too.'],
    });
  });

  it('is not announced once more when it was answered and only words changed after it', () => {
    const third = sampleText(THREE, { changes: [sampleChange()] });
    expect(announced([sampleText(ONE), second, third], THREE)).toBeNull();
  });

  it('goes before one to come', () => {
    const third = sampleText(THREE, { changes: [material('All.')] });
    const texts = [sampleText(ONE), second, third];
    expect(announced(texts, TWO, asked)).toMatchObject({ version: TWO, isInForce: true });
    expect(announced(texts, TWO)).toMatchObject({ version: THREE, from: TWO, isInForce: false });
  });

  it('is compared with what was last answered, over all that changed in between', () => {
    const third = sampleText(THREE, {
      changes: [material('Longer.', 'analytics'), material('Ads.', 'advertising')],
    });
    const fourth = sampleText(FOUR, { changes: [sampleChange()] });
    const texts = [sampleText(ONE), second, third, fourth];
    expect(announced(texts, FOUR, asked)).toMatchObject({
      version: FOUR,
      from: ONE,
      effectiveAt: '2026-03-01T00:00:00.000Z',
      summaries: ['Names too.', 'Longer.'],
    });
  });

  it('is compared with nothing that is known where what was answered is not', () => {
    const lost = [{ purpose: 'analytics', policyVersion: 'lost' }];
    expect(announced([sampleText(ONE), second], TWO, lost)).toMatchObject({
      version: TWO,
      from: null,
    });
    expect(announced([sampleText(ONE)], TWO, lost)).toBeNull();
  });
});
