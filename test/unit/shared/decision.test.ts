import { describe, expect, it } from 'vitest';
import {
  contradictionsIn,
  decisionSchema,
  onlyDenies,
  type Action,
  type Choice,
} from '../../../src-shared/consent/decision.js';
import { idAt, sampleDecision } from '../../support/client/sample-decision.js';

type Choices = Readonly<Record<string, Choice>>;

const granted: Choices = { analytics: 'granted', advertising: 'granted' };
const denied: Choices = { analytics: 'denied', advertising: 'denied' };
const mixed: Choices = { analytics: 'granted', advertising: 'denied' };
const none: Choices = {};
const sold: Choices = { analytics: 'granted', 'sale-or-sharing': 'granted' };
const allDenied: Choices = { '*': 'denied' };
const allGranted: Choices = { '*': 'granted' };

const agreeing: readonly (readonly [Action, Choices])[] = [
  ['accept-all', granted],
  ['necessary-only', denied],
  ['save', granted],
  ['save', denied],
  ['save', { 'sale-or-sharing': 'granted' }],
  ['withdraw', denied],
  ['withdraw', allDenied],
  ['signal', denied],
  ['signal', { 'sale-or-sharing': 'denied' }],
  ['acknowledge', none],
];

const contradicting: readonly (readonly [Action, Choices, string])[] = [
  ['accept-all', denied, 'only grants'],
  ['accept-all', mixed, 'only grants'],
  ['accept-all', none, 'at least one'],
  ['accept-all', allGranted, '`*` never grants'],
  ['accept-all', sold, 'never speaks of `sale-or-sharing`'],
  ['necessary-only', granted, 'only denies'],
  ['necessary-only', mixed, 'only denies'],
  ['necessary-only', none, 'at least one'],
  ['save', mixed, 'two decisions'],
  ['save', none, 'at least one'],
  ['save', allGranted, '`*` never grants'],
  ['withdraw', granted, 'only denies'],
  ['withdraw', none, 'at least one'],
  ['withdraw', allGranted, '`*` never grants'],
  ['signal', granted, 'only denies'],
  ['signal', none, 'at least one'],
  ['acknowledge', granted, 'no choices'],
  ['acknowledge', denied, 'no choices'],
  ['acknowledge', allDenied, 'no choices'],
];

describe('what an act may say', () => {
  it.each(agreeing)('%s may say %o', (action, choices) => {
    expect(contradictionsIn({ action, choices })).toEqual([]);
    expect(decisionSchema.safeParse(sampleDecision(1, { action, choices })).success).toBe(true);
  });

  it.each(contradicting)('%s must not say %o', (action, choices, words) => {
    expect(contradictionsIn({ action, choices }).join('; ')).toContain(words);
    expect(decisionSchema.safeParse(sampleDecision(1, { action, choices })).success).toBe(false);
  });

  it('is a refusal only when everything it says is one, and it says something', () => {
    expect(onlyDenies({ choices: denied })).toBe(true);
    expect(onlyDenies({ choices: allDenied })).toBe(true);
    for (const choices of [granted, mixed, none]) expect(onlyDenies({ choices })).toBe(false);
  });
});

describe('the form of a decision', () => {
  const accepts = (changes: object): boolean =>
    decisionSchema.safeParse({ ...sampleDecision(1), ...changes }).success;
  const { policy } = sampleDecision(1);

  it.each([
    ['nobody as its subject', { subject: null }],
    ['an account as its subject', { subject: 'a-1_B' }],
    ['a clock offset', { clockOffsetMs: -1500 }],
    [
      'a refusal of everything that takes the place of others',
      {
        action: 'withdraw',
        choices: { '*': 'denied' },
        supersedes: { '*': [idAt(3)], analytics: [idAt(4), idAt(5)] },
      },
    ],
    ['a moment to the second', { at: '2026-11-22T10:00:00Z' }],
  ])('has room for %s', (_, changes) => {
    expect(accepts(changes)).toBe(true);
  });

  it.each([
    ['an unknown member', { note: 'x' }],
    ['an unknown member of its policy', { policy: { ...policy, url: 'x' } }],
    ['another version', { v: 2 }],
    ['an id of another kind (UUID 4)', { id: '3f2b0d5e-1c4a-4b7e-9a55-0123456789ab' }],
    ['an id that is none', { id: 'x' }],
    ['a service that is a path', { service: '../alpha' }],
    ['a subject with a space', { subject: 'a b' }],
    ['an empty subject', { subject: '' }],
    ['a device of 65 characters', { device: 'd'.repeat(65) }],
    ['number 0', { seq: 0 }],
    ['half a number', { seq: 1.5 }],
    ['a number beyond the safe ones', { seq: 2 ** 53 }],
    ['a moment with an offset', { at: '2026-11-22T11:00:00+01:00' }],
    ['a moment without a zone', { at: '2026-11-22T10:00:00' }],
    ['a day that does not exist', { at: '2026-02-30T10:00:00Z' }],
    ['a moment finer than a millisecond', { at: '2026-11-22T10:00:00.1234567Z' }],
    ['a moment without seconds (RFC 3339 has them)', { at: '2026-11-22T10:00Z' }],
    ['an unknown act', { action: 'allow' }],
    ['an unknown surface', { surface: 'popup' }],
    ['an unknown choice', { choices: { analytics: 'yes' } }],
    ['a purpose with capitals', { choices: { Analytics: 'granted' } }],
    [
      'a purpose named __proto__',
      { choices: JSON.parse('{"__proto__":"granted","analytics":"granted"}') },
    ],
    ['a hidden list under __proto__', { supersedes: JSON.parse('{"__proto__":["x"]}') }],
    ['superseded ids that are none', { supersedes: { analytics: ['x'] } }],
    [
      '1001 superseded ids',
      { supersedes: { analytics: Array.from({ length: 1001 }, () => idAt(1)) } },
    ],
    ['a hash in capitals', { policy: { ...policy, sha256: 'A'.repeat(64) } }],
    ['a short hash', { policy: { ...policy, sha256: 'a'.repeat(63) } }],
    ['a language that is none', { policy: { ...policy, lang: 'english' } }],
  ])('has no room for %s', (_, changes) => {
    expect(accepts(changes)).toBe(false);
  });

  it.each(Object.keys(sampleDecision(1)))('lacks nothing: %s is needed', (member) => {
    const without = Object.fromEntries(
      Object.entries(sampleDecision(1)).filter(([name]) => name !== member),
    );
    expect(decisionSchema.safeParse(without).success).toBe(false);
  });
});
