import { expect, test } from 'vitest';
import { purposeWords } from '../../../src-renderer/text/purpose-words.js';
import { purposeView, words } from './samples.js';

const since = '2026-11-22T12:00:00Z';
const until = '2027-11-22T12:00:00Z';

test.each([
  [{ state: 'granted', since, until }, 'On since 22 November 2026, until 22 November 2027'],
  [{ state: 'granted', since }, 'On since 22 November 2026'],
  [{ state: 'granted' }, 'On'],
  [{ state: 'denied', since }, 'Off. You refused on 22 November 2026'],
  [{ state: 'denied' }, 'Off. You refused'],
  [{ state: 'not-asked' }, 'Off. Not asked yet'],
  [{ state: 'ask-again', since }, 'Off until you decide again'],
  [{ state: 'expired', since, until }, 'Off. Your yes ended on 22 November 2027'],
  [{ state: 'expired', since }, 'Off. Your yes of 22 November 2026 has ended'],
  [{ state: 'expired' }, 'Off. Your yes has ended'],
] as const)('%o reads "%s"', (part, expected) => {
  expect(purposeWords(purposeView(part), words)).toBe(expected);
});

test('what is to be asked again, has ended, was refused and was never asked are told apart', () => {
  const states = ['ask-again', 'expired', 'denied', 'not-asked'] as const;
  for (const part of [{}, { since }, { since, until }]) {
    const said = states.map((state) => purposeWords(purposeView({ state, ...part }), words));
    expect(new Set(said).size).toBe(states.length);
    for (const sentence of said) expect(sentence).toMatch(/^Off/);
  }
});
