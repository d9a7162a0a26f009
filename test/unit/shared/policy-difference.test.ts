import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type Line } from '../../../src-shared/policy-difference.js';
import { differenceOfLines } from '../../../src-shared/policy-difference/lines.js';
import type { Label, Section } from '../../../src-shared/policy-text.js';
import { tries } from '../../support/client/property.js';
import { labelWith, sampleLabel, sampleText } from '../../support/policy-samples.js';

/** Written the way a person would mark it: [+added+], [-removed-]. */
const marked = (lines: readonly Line[]): string[] =>
  lines.map(({ spans }) =>
    spans
      .map(({ kind, text }) =>
        kind === 'same' ? text : kind === 'added' ? `[+${text}+]` : `[-${text}-]`,
      )
      .join(''),
  );
const section = (id: string, ...paragraphs: string[]): Section => ({
  id,
  heading: `Part ${id}`,
  blocks: paragraphs.map((text) => ({ kind: 'paragraph', text })),
});
const sections = (from: readonly Section[], to: readonly Section[]) =>
  differenceOf(
    sampleText('2026-01-01', { sections: [...from] }),
    sampleText('2026-02-01', { sections: [...to] }),
  ).sections.map(({ kind, heading, lines }) => ({ kind, heading, lines: marked(lines) }));
const label = (to: Label, from = sampleLabel()) =>
  differenceOf(
    sampleText('2026-01-01', { label: from }),
    sampleText('2026-02-01', { label: to }),
  ).label.map(({ kind, about, name, rows }) => ({
    what: [kind, about, name],
    rows: rows.map(({ field, lines }) => [field, ...marked(lines)]),
  }));

describe('the difference of two texts', () => {
  it('names both versions, the language and when the newer one takes effect', () => {
    const difference = differenceOf(sampleText('2026-01-01'), sampleText('2026-02-01'));
    expect(difference).toEqual({
      from: '2026-01-01',
      to: '2026-02-01',
      lang: 'en',
      effectiveAt: '2026-02-01T00:00:00Z',
      label: [],
      sections: [],
    });
  });
});

describe('parts of the text', () => {
  it('are shown with the words that changed in them, the others left out', () => {
    const from = [section('a', 'Kept.'), section('b', 'We keep it for ten days.', 'More.')];
    const to = [section('a', 'Kept.'), section('b', 'We keep it for two years.', 'More.')];
    expect(sections(from, to)).toEqual([
      {
        kind: 'changed',
        heading: 'Part b',
        lines: ['Part b', 'We keep it for [-ten days-][+two years+].', 'More.'],
      },
    ]);
  });

  it('that are new or gone are shown whole, what is gone last', () => {
    const shown = sections(
      [section('a', 'A.'), section('b', 'B.')],
      [section('c', 'C.'), section('b', 'B.')],
    );
    expect(shown).toEqual([
      { kind: 'added', heading: 'Part c', lines: ['[+Part c+]', '[+C.+]'] },
      { kind: 'removed', heading: 'Part a', lines: ['[-Part a-]', '[-A.-]'] },
    ]);
  });

  it('count as changed when only the heading is', () => {
    const to = { ...section('a', 'A.'), heading: 'Part one' };
    expect(sections([section('a', 'A.')], [to])).toEqual([
      { kind: 'changed', heading: 'Part one', lines: ['Part [-a-][+one+]', 'A.'] },
    ]);
  });

  it('have a line for each item of a list', () => {
    const list = (...items: string[]): Section => ({
      ...section('a'),
      blocks: [{ kind: 'list', items }],
    });
    expect(sections([list('One.', 'Two.')], [list('One.', 'Two.', 'Three.')])).toEqual([
      { kind: 'changed', heading: 'Part a', lines: ['Part a', 'One.', 'Two.', '[+Three.+]'] },
    ]);
  });
});

describe('the label card', () => {
  it('shows what changed for a purpose, fact by fact', () => {
    const changes = {
      kind: 'necessary' as const,
      data: ['pages opened', 'name'],
      recipients: [],
      retention: { text: 'Ninety days.', longestDays: 90 },
    };
    expect(label(labelWith('analytics', changes))).toEqual([
      {
        what: ['changed', 'purpose', 'analytics'],
        rows: [
          ['kind', '[-optional-]', '[+necessary+]'],
          ['longestDays', '[-30-]', '[+90+]'],
          ['data', 'pages opened', '[+name+]'],
          ['recipients', '[-Measurer-]'],
          ['retention', '[-Thirty-][+Ninety+] days.'],
        ],
      },
    ]);
  });

  it('shows a limit that is gone', () => {
    const retention = { text: 'Thirty days.', longestDays: null };
    const [shown] = label(labelWith('analytics', { retention }));
    expect(shown?.rows).toEqual([['longestDays', '[-30-]']]);
  });

  it('shows what is new, different and gone on the card, of purposes and of items', () => {
    const from = sampleLabel();
    const to = sampleLabel({
      publisher: 'Somebody',
      summary: 'A large service.',
      purposes: from.purposes.slice(0, 2),
      items: from.items.map((item) => ({ ...item, name: 'views' })),
      thirdParties: [],
      notDone: [],
      howToWithdraw: 'Switch it off.',
      contacts: [{ about: 'All', email: 'a@example.org', text: 'Ask.' }],
    });
    expect(label(to).map(({ what, rows }) => [what, rows.map(([field]) => field)])).toEqual([
      [
        ['changed', 'card', null],
        ['publisher', 'summary', 'thirdParties', 'notDone', 'howToWithdraw', 'contacts'],
      ],
      [
        ['added', 'item', 'views'],
        ['purpose', 'storage', 'longestDays', 'what', 'retention'],
      ],
      [
        ['removed', 'purpose', 'advertising'],
        ['kind', 'longestDays', 'name', 'what', 'why', 'data', 'recipients', 'retention'],
      ],
      [
        ['removed', 'item', 'visits'],
        ['purpose', 'storage', 'longestDays', 'what', 'retention'],
      ],
    ]);
    expect(label(to)[0]?.rows).toEqual([
      ['publisher', '[-Nobody-]', '[+Somebody+]'],
      ['summary', 'A [-small-][+large+] service.'],
      ['thirdParties', '[-Payer: Takes payments.-]'],
      ['notDone', '[-No fingerprinting.-]'],
      ['howToWithdraw', '[-Turn-][+Switch+] it off.'],
      ['contacts', '[-All: Ask.-]', '[+All: Ask. a@example.org+]'],
    ]);
  });
});

describe('lines', () => {
  it('that have little in common are shown as two', () => {
    const [from, to] = ['We count visits.', 'Nothing here is left of what there was before it.'];
    expect(marked(differenceOfLines([from], [to]))).toEqual([`[-${from}-]`, `[+${to}+]`]);
  });

  it('that took the place of others are compared one by one, in order', () => {
    const from = ['Same.', 'We count every visit.', 'We keep the count.', 'Gone.'];
    const to = ['Same.', 'We count each visit.', 'We keep no count.', 'End.'];
    expect(marked(differenceOfLines([...from, 'End.'], to))).toEqual([
      'Same.',
      'We count [-every-][+each+] visit.',
      'We keep [-the-][+no+] count.',
      '[-Gone.-]',
      'End.',
    ]);
  });

  it('keep the space between words that only came or only went', () => {
    const [long, short] = ['We count and keep all visits here.', 'We  all visits here.'];
    const cut = differenceOfLines([long], [short]);
    expect(marked(cut)).toEqual(['We[- count and keep -][+  +]all visits here.']);
    const only = differenceOfLines(['So,many words,and so on.'], ['So, ,and so on.']);
    expect(marked(only)).toEqual(['So,[-many-] [-words-],and so on.']);
  });

  it('are given up on as wholes where hardly any is the same, however many there are', () => {
    const many = (name: string): string[] => Array.from({ length: 5000 }, (_, n) => `${name} ${n}`);
    const lines = differenceOfLines(many('old'), many('new'));
    expect(lines.map(({ kind }) => kind)).toEqual([
      ...Array<string>(5000).fill('removed'),
      ...Array<string>(5000).fill('added'),
    ]);
    const [from, to] = [many('a').join(' '), many('b').join(' ')];
    expect(differenceOfLines([from], [to]).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('give back both texts to the letter, whatever they hold', () => {
    const line = fc.oneof(
      fc.constantFrom('We count visits.', 'We count no visits.', '', ' ', 'A\nB', 'e\u0301 🙂 “x”'),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc
        .array(fc.constantFrom('we', 'count', ' ', ' ', ',', '🙂'), { maxLength: 12 })
        .map((parts) => parts.join('')),
    );
    const text = fc.array(line, { maxLength: 6 });
    fc.assert(
      fc.property(text, text, (from, to) => {
        const lines = differenceOfLines(from, to);
        const without = (left: Line['kind']) =>
          lines
            .filter(({ kind }) => kind !== left)
            .map(({ spans }) =>
              spans
                .filter(({ kind }) => kind !== left)
                .map((span) => span.text)
                .join(''),
            );
        expect(without('removed')).toEqual(to);
        expect(without('added')).toEqual(from);
        expect(lines.every(({ kind }) => kind === 'same')).toBe(
          JSON.stringify(from) === JSON.stringify(to),
        );
        for (const { kind, spans } of lines) {
          const kinds = new Set(spans.map((span) => span.kind));
          if (kind === 'changed') expect([...kinds].some((one) => one !== 'same')).toBe(true);
          else expect([...kinds]).toEqual([kind]);
        }
      }),
      tries(300),
    );
  });
});
