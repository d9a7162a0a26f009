import { expect, test } from 'vitest';
import { shippedProfile } from './profile-folders.js';
import { itemFacts, onlyPolicy, partText, purposeNames } from './shipped-facts.js';

const NOT_DONE = [
  'No analytics',
  'No tracking',
  'No advertising',
  'No third-party cookies',
  'No session replay',
  'No heat maps',
  'No fingerprinting',
];

test('certiron only informs', () => {
  expect(shippedProfile('certiron').manifest).toMatchObject({
    name: 'Certiron',
    publisher: 'Certiron',
    baseAddress: 'https://certiron.io/sayso',
    banner: 'acknowledge',
    languages: ['en'],
  });
});

test('certiron has eight parts, in order', () => {
  expect(onlyPolicy('certiron').sections.map(({ id }) => id)).toEqual([
    'functional-storage',
    'session-token',
    'acknowledgement',
    'not-done',
    'third-parties',
    'removing',
    'changes',
    'contact',
  ]);
});

test('certiron has functional storage and nothing to decide on', () => {
  const { label } = onlyPolicy('certiron');
  expect(purposeNames(label)).toEqual([['necessary', 'necessary', 'Functional storage']]);
  expect(label.purposes[0]?.why).toContain('ePrivacy Art. 5(3)');
});

test('certiron declares a token of 30 days and an acknowledgement that is no consent', () => {
  const { label } = onlyPolicy('certiron');
  expect(itemFacts(label)).toEqual([
    ['certiron.session', 'necessary', 30],
    ['certiron.cookies_ack', 'necessary', null],
  ]);
  expect(label.items[0]?.what).toMatch(/random, opaque.*dashboard only.*Authorization header/);
  expect(label.items[1]?.what).toMatch(/“Got it”.*never recorded as consent/);
});

test('certiron lists what it does not do, on the card and in the text alike', () => {
  const policy = onlyPolicy('certiron');
  expect(policy.label.notDone).toEqual(NOT_DONE);
  expect(partText(policy, 'not-done').split('\n')).toEqual(NOT_DONE);
});

test('certiron names Stripe, for its own checkout page only', () => {
  const { thirdParties } = onlyPolicy('certiron').label;
  expect(thirdParties.map(({ name }) => name)).toEqual(['Stripe']);
  expect(thirdParties[0]?.what).toMatch(/own checkout page may set.*Nothing of Stripe is embedded/);
});

test('certiron is reached at one address', () => {
  const { contacts } = onlyPolicy('certiron').label;
  expect(contacts.map(({ email }) => email)).toEqual(['privacy@certiron.io']);
});

test('certiron claims no date in its text, since none is known', () => {
  expect(JSON.stringify(onlyPolicy('certiron').sections)).not.toMatch(/\b20\d\d\b/);
});

test.each([
  ['session-token', ['random, opaque', 'dashboard only', '30 days', 'Authorization header']],
  ['session-token', ['every request', 'strictly necessary', 'Article 5(3)']],
  ['acknowledgement', ['“Got it”', 'never recorded as consent']],
  ['removing', ['Clear', 'Sign out', 'removes the token', 'invalidates it on the server']],
  ['removing', ['needs no account', 'without any storage']],
  ['changes', ['page is updated', 'you are told', 'explicit opt-in']],
  ['contact', ['privacy@certiron.io']],
])('certiron says in "%s": %j', (part, facts) => {
  const text = partText(onlyPolicy('certiron'), part);
  for (const fact of facts) expect(text).toContain(fact);
});
