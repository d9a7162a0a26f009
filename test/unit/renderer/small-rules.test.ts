import { describe, expect, test } from 'vitest';
import { credentialsFaults } from '../../../src-renderer/credentials-check.js';
import { unusableServices } from '../../../src-renderer/problem-groups.js';
import { dayWords } from '../../../src-renderer/text/dates.js';
import { directionOf } from '../../../src-renderer/text/direction.js';
import { fatalWords } from '../../../src-renderer/text/fatal-words.js';
import { placeTitle } from '../../../src-renderer/text/place-title.js';
import { sameAnswers } from '../../../src-renderer/text/same-answers.js';
import { serviceView, text } from './samples.js';

describe('what was typed before it is sent', () => {
  test.each([
    ['ada@example.org', 'secret', 'sign-in', null, null],
    [' ada@example.org ', 'longenough', 'create', null, null],
    ['ada', 'longenough', 'sign-in', 'missing', null],
    ['', '', 'sign-in', 'missing', 'missing'],
    ['a b@example.org', 'longenough', 'create', 'missing', null],
    ['ada@example.org', 'seven77', 'create', null, 'short'],
    ['ada@example.org', 'eight888', 'create', null, null],
  ] as const)('%s / %s to %s', (email, password, purpose, emailFault, passwordFault) => {
    expect(credentialsFaults(email, password, purpose)).toEqual({
      email: emailFault,
      password: passwordFault,
    });
  });
});

test('mistakes are grouped by the folder of their service', () => {
  const problem = (file: string) => ({ file, field: 'id', message: 'is wrong' });
  const groups = unusableServices([
    problem('one/manifest.json'),
    problem('two/manifest.json'),
    problem('one/policy/1.en.json'),
  ]);
  expect(groups.map(({ folder, problems }) => [folder, problems.length])).toEqual([
    ['one', 2],
    ['two', 1],
  ]);
});

describe('days', () => {
  test('a calendar day is the same day in every time zone', () => {
    expect(dayWords('en-GB').ofDay('2026-05-15')).toBe('15 May 2026');
  });

  test('they follow the language, and an unknown one reads English', () => {
    expect(dayWords('en-US').ofDay('2026-05-15')).toBe('May 15, 2026');
    expect(dayWords('zz').ofDay('2026-05-15')).toBe('May 15, 2026');
  });

  test('a moment may be written with its day of the week', () => {
    expect(dayWords('en-GB').ofInstantByWeekday('2026-11-22T12:00:00Z')).toBe(
      'Sunday 22 November 2026',
    );
  });

  test('what is no day is shown as it is', () => {
    expect(dayWords('en').ofInstant('soon')).toBe('soon');
  });
});

test.each([
  ['en', 'ltr'],
  ['de-DE', 'ltr'],
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['AR-EG', 'rtl'],
  ['az-Arab', 'rtl'],
  ['ur-Latn-PK', 'ltr'],
])('%s is written %s', (tag, direction) => {
  expect(directionOf(tag)).toBe(direction);
});

describe('titles', () => {
  test.each([
    ['policy', 'Integro: privacy and cookies', 'Policy – Integro – Sayso'],
    ['privacy', 'Privacy', 'Privacy – Integro – Sayso'],
    ['me', 'Me', 'Me – Integro – Sayso'],
  ] as const)('%s', (page, heading, window) => {
    const place = { kind: 'service', id: 'integro', page } as const;
    expect(placeTitle(place, serviceView(), text)).toEqual({ page: heading, window });
  });

  test('a service that cannot be used is named by its folder', () => {
    const title = placeTitle({ kind: 'unusable', folder: 'broken' }, null, text);
    expect(title.window).toBe('"broken" cannot be used – Sayso');
  });
});

test('equal answers are said once, in the order they come', () => {
  const things = [
    { name: 'A', kept: 'a year' },
    { name: 'B', kept: 'a day' },
    { name: 'C', kept: 'a year' },
  ];
  expect(sameAnswers(things, ({ kept }) => kept)).toEqual([
    { answer: 'a year', names: ['A', 'C'], isForAll: false },
    { answer: 'a day', names: ['B'], isForAll: false },
  ]);
  expect(sameAnswers(things.slice(0, 1), ({ kept }) => kept)[0]?.isForAll).toBe(true);
});

test.each([
  [{ code: 'profile-read-only', path: '/p' }, /may not write/],
  [{ code: 'disk-full', path: '/p' }, /disk is full/],
  [{ code: 'database-broken', path: '/p' }, /cannot be read/],
  [{ code: 'database-newer', path: '/p', found: 9, known: 1 }, /newer Sayso/],
  [null, /could not read/],
] as const)('%o says what happened, that no choice is lost, and what to do', (fatal, title) => {
  const said = fatalWords(fatal, text);
  expect(said.title).toMatch(title);
  expect(said.means).toContain('No choice was changed or lost');
  expect(said.todo).toMatch(/\.$/);
});
