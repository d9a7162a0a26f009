import { expect, test } from 'vitest';
import { shippedProfile } from './profile-folders.js';
import { itemFacts, onlyPolicy, partText, purposeNames } from './shipped-facts.js';

test('integro asks with two full answers and signs in by password', () => {
  expect(shippedProfile('integro').manifest).toMatchObject({
    name: 'Integro',
    publisher: 'Integro',
    baseAddress: 'https://integro.today/sayso',
    banner: 'choice',
    signIn: 'password',
    languages: ['en'],
  });
});

test('integro has its policy of 15 May 2026 in ten parts, in order', () => {
  const policy = onlyPolicy('integro');
  expect([policy.version, policy.dated]).toEqual(['2026-05-15', '2026-05-15']);
  expect(policy.changes).toEqual([]);
  expect(policy.sections.map(({ heading }) => heading)).toEqual([
    'What cookies are',
    'The cookies in use',
    'How they are used',
    'Consent and choices',
    'How long they last',
    'Third parties',
    'Local storage and similar',
    'Biometrics',
    'Your rights',
    'Changes',
  ]);
});

test('integro names one necessary purpose, three to decide on and sale or sharing', () => {
  const { label } = onlyPolicy('integro');
  expect(purposeNames(label)).toEqual([
    ['necessary', 'necessary', 'Strictly necessary'],
    ['functional', 'optional', 'Functional'],
    ['analytics', 'optional', 'Analytics'],
    ['advertising', 'optional', 'Advertising'],
    ['sale-or-sharing', 'opt-out', 'Sale or sharing'],
  ]);
  expect(label.thirdParties).toEqual([]);
});

test('integro loads no analytics and has no advertising, so neither uses data', () => {
  const { label } = onlyPolicy('integro');
  const unused = label.purposes.filter(({ id }) => id === 'analytics' || id === 'advertising');
  expect(unused.map(({ data, recipients }) => [data, recipients])).toEqual([
    [[], []],
    [[], []],
  ]);
  expect(label.notDone.join('\n')).toMatch(
    /analytics[^]*advertising[^]*biometric[^]*session replay/,
  );
});

test('integro declares its items and names no number of days', () => {
  expect(itemFacts(onlyPolicy('integro').label)).toEqual([
    ['Sign-in session', 'necessary', null],
    ['Anti-forgery token', 'necessary', null],
    ['Your cookie choices', 'necessary', null],
    ['Display preferences', 'functional', null],
    ['Offline cache', 'functional', null],
  ]);
});

test('integro is reached at two addresses, each about its own matter', () => {
  const contacts = onlyPolicy('integro').label.contacts.map(({ about, email }) => [about, email]);
  expect(contacts).toEqual([
    ['Your privacy and your rights', 'privacy@integro.today'],
    ['This document', 'legal@integro.today'],
  ]);
});

test.each([
  ['cookies-in-use', ['forgery', 'cannot be turned off', 'theme', 'collapsed or expanded']],
  ['cookies-in-use', ['off by default', 'explicitly accept', 'notice to you in advance']],
  ['consent-and-choices', ['“Accept all cookies”', '“Accept necessary only”', 'later visits']],
  ['consent-and-choices', ['consent gate', 'pixel', 'Me → Settings → Privacy', 'clearing']],
  ['how-long-they-last', ['Session', 'Persistent', 'longer than its purpose needs']],
  ['local-storage', ['offline cache', 'faster', 'same care']],
  ['biometrics', ['no biometric data', 'written notice', 'consent', 'only as long as']],
  ['rights', ['California', 'know', 'access', 'deleted', 'sale or sharing', 'discrimination']],
  ['rights', ['Colorado', 'Connecticut', 'Virginia', 'Texas', 'other states']],
  ['rights', ['European Economic Area', 'United Kingdom', 'Switzerland', 'GDPR']],
  ['rights', ['privacy@integro.today', 'legal@integro.today']],
  ['changes', ['page is updated', 'material', 'inside the app']],
])('integro says in "%s": %j', (part, facts) => {
  const text = partText(onlyPolicy('integro'), part);
  for (const fact of facts) expect(text).toContain(fact);
});
