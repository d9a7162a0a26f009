import { describe, expect, it } from 'vitest';
import { placesOf } from '../../../src-renderer/policy/find-text.js';

/** What is found, cut out of the original. */
const found = (text: string, wanted: string): string[] =>
  placesOf(text, wanted).map(([start, end]) => text.slice(start, end));

describe('places of a word in a text', () => {
  it.each([
    ['Cookies and cookies', 'cookie', ['Cookie', 'cookie']],
    ['Zwecke der Verarbeitung', 'ZWECKE', ['Zwecke']],
    ['Un résumé, puis un autre: Résumé.', 'resume', ['résumé', 'Résumé']],
    ['decomposed: re\u0301sume\u0301', 'résumé', ['re\u0301sume\u0301']],
    ['🍪 a cookie 🍪', 'cookie', ['cookie']],
    ['aaaa', 'aa', ['aa', 'aa']],
    ['İstanbul', 'istanbul', ['İstanbul']],
    ['nothing here', 'cookie', []],
    ['nothing to look for', '', []],
  ])('in %j of %j', (text, wanted, expected) => {
    expect(found(text, wanted)).toEqual(expected);
  });
});
