import { expect, test } from 'vitest';
import { shippedProfile } from './profile-folders.js';
import { itemFacts, onlyPolicy, partText, purposeNames } from './shipped-facts.js';

test('katror asks by "Accept" or "Necessary only"', () => {
  expect(shippedProfile('katror').manifest).toMatchObject({
    name: 'Katror',
    publisher: 'Katror studio',
    baseAddress: 'https://katror.example/sayso',
    banner: 'accept-or-necessary',
    languages: ['en'],
  });
});

test('katror has seven parts, in order', () => {
  expect(onlyPolicy('katror').sections.map(({ id }) => id)).toEqual([
    'about',
    'categories',
    'items',
    'third-parties',
    'withdrawing',
    'changes',
    'contact',
  ]);
});

test('katror names one necessary purpose and two to decide on', () => {
  const { label } = onlyPolicy('katror');
  expect(purposeNames(label)).toEqual([
    ['necessary', 'necessary', 'Essential'],
    ['preference', 'optional', 'Preference'],
    ['analytics', 'optional', 'Analytics'],
  ]);
  expect(label.thirdParties).toEqual([]);
  expect(label.notDone).toHaveLength(2);
});

test('katror declares two items: a session of the length chosen, an answer kept a year', () => {
  const { label } = onlyPolicy('katror');
  expect(itemFacts(label)).toEqual([
    ['katror_session', 'necessary', null],
    ['katror_cookie_consent', 'preference', 365],
  ]);
  expect(label.items[0]?.retention.text).toMatch(/choose at sign-in.*persistent/);
});

test('katror says plainly that remembering the answer is necessary whichever it is', () => {
  const { label } = onlyPolicy('katror');
  expect(label.items[1]?.what).toContain('remembering it is necessary');
  expect(label.purposes[0]?.why).toContain('even when you refuse');
});

test('katror is reached through the studio team, which has no address', () => {
  const { contacts } = onlyPolicy('katror').label;
  expect(contacts.map(({ email }) => email)).toEqual([null]);
  expect(contacts[0]?.text).toContain('studio team');
});

test('katror claims no date in its text, since none is known', () => {
  expect(JSON.stringify(onlyPolicy('katror').sections)).not.toMatch(/\b20\d\d\b/);
});

test.each([
  ['about', ['privacy policy', 'separate']],
  ['categories', ['client workspace', 'In signed-in areas it cannot be turned off']],
  ['categories', ['no third-party analytics today', 'policy is updated', 'where it is required']],
  ['items', ['katror_session', 'ends with the session or is persistent']],
  ['items', ['katror_cookie_consent', 'up to one year', 'every visit']],
  ['third-parties', ['avoids third-party embeds']],
  ['withdrawing', ['clear the site’s data', 'notice then comes back', '“Withdraw everything”']],
  ['changes', ['page is updated', 'last-updated date', 'except where the law requires']],
  ['contact', ['studio team']],
])('katror says in "%s": %j', (part, facts) => {
  const text = partText(onlyPolicy('katror'), part);
  for (const fact of facts) expect(text).toContain(fact);
});
