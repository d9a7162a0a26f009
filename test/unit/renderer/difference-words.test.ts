import { expect, test } from 'vitest';
import {
  fieldWords,
  labelHeading,
  sectionHeading,
  valueWords,
} from '../../../src-renderer/text/difference-words.js';
import type { LabelField } from '../../../src-shared/policy-difference.js';
import { text } from './samples.js';

test.each([
  ['changed', 'card', null, 'At a glance'],
  ['changed', 'purpose', 'Analytics', 'Analytics'],
  ['added', 'purpose', 'Analytics', 'New purpose: Analytics'],
  ['removed', 'purpose', 'Analytics', 'No longer a purpose: Analytics'],
  ['changed', 'item', 'visits', 'Stored: visits'],
  ['added', 'item', 'visits', 'Newly stored: visits'],
  ['removed', 'item', 'visits', 'No longer stored: visits'],
] as const)('what is %s of a %s (%s) reads "%s"', (kind, about, name, expected) => {
  expect(labelHeading({ kind, about, name, rows: [] }, text)).toBe(expected);
});

test.each([
  ['changed', 'Rights'],
  ['added', 'New part: Rights'],
  ['removed', 'Part that is gone: Rights'],
] as const)('a part that is %s reads "%s"', (kind, expected) => {
  expect(sectionHeading({ kind, heading: 'Rights', lines: [] }, text)).toBe(expected);
});

test('every row of the label card has a name of its own', () => {
  const fields: LabelField[] = [
    ...(['publisher', 'summary', 'thirdParties', 'notDone', 'howToWithdraw', 'contacts'] as const),
    ...(['name', 'what', 'why', 'data', 'recipients', 'retention'] as const),
    ...(['kind', 'storage', 'purpose', 'longestDays'] as const),
  ];
  const names = fields.map((field) => fieldWords(field, text));
  expect(new Set(names).size).toBe(fields.length);
});

test.each([
  ['kind', 'necessary', 'Always on'],
  ['kind', 'optional', 'Your choice'],
  ['longestDays', '1', '1 day'],
  ['longestDays', '30', '30 days'],
  ['purpose', 'analytics', 'Name of analytics'],
  ['storage', 'cookie', 'Cookie'],
  ['storage', 'local-storage', 'Local storage'],
  ['storage', 'session-storage', 'Session storage'],
  ['storage', 'app', 'In the app'],
  ['storage', 'else', 'else'],
  ['what', 'necessary', 'necessary'],
] as const)('the value of %s "%s" reads "%s"', (field, value, expected) => {
  expect(valueWords(field, value, text, (id) => `Name of ${id}`)).toBe(expected);
});
