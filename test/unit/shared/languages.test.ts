import { describe, expect, it } from 'vitest';
import { pickLanguage } from '../../../src-shared/text/languages.js';

const SPOKEN = ['ar', 'de', 'en', 'fr', 'pl'];

describe('the language of the window', () => {
  it.each<[readonly (string | null)[], string]>([
    [['en-US'], 'en-US'],
    [['de', 'en'], 'de'],
    [['EN-us'], 'en-US'],
    [['C', 'fr-FR'], 'fr-FR'],
    [['C.UTF-8', 'POSIX', 'pl'], 'pl'],
    [['', 'ar-EG'], 'ar-EG'],
    [[null, 'fr'], 'fr'],
    [['en_US.UTF-8', 'pl'], 'pl'],
    [['../../etc', '<b>', 'ar'], 'ar'],
    [[`de-${'x'.repeat(5000)}`, 'fr'], 'fr'],
    [[`de-x-${'abcdefg-'.repeat(8)}a`, 'fr'], 'fr'],
    // Nobody has put Sayso into these.
    [['nl', 'de-AT'], 'de-AT'],
    [['nl', 'zh-Hant-TW'], 'en'],
    [['x-private'], 'en'],
    [['C'], 'en'],
    [[null], 'en'],
    [[], 'en'],
  ])('of %j is %s', (candidates, expected) => {
    expect(pickLanguage(candidates, SPOKEN)).toBe(expected);
  });
});
