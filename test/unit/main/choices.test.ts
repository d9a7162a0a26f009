import { describe, expect, it } from 'vitest';
import { choicesOf, type Choices, type PressedAction } from '../../../src-main/consent/choices.js';

const OPTIONAL = ['analytics', 'advertising'];

function said(action: PressedAction, saved: Choices = {}, optional = OPTIONAL): readonly Choices[] {
  const outcome = choicesOf(action, { optional, asked: optional, signalled: [] }, saved);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value;
}

describe('what a press says', () => {
  it('grants or denies every optional purpose, or everything there is', () => {
    expect(said('accept-all')).toEqual([{ analytics: 'granted', advertising: 'granted' }]);
    expect(said('necessary-only')).toEqual([{ analytics: 'denied', advertising: 'denied' }]);
    expect(said('withdraw')).toEqual([{ '*': 'denied' }]);
    expect(said('withdraw', {}, [])).toEqual([{ '*': 'denied' }]);
    expect(said('acknowledge', {}, [])).toEqual([{}]);
  });

  it('carries only what was saved', () => {
    expect(said('save', { advertising: 'granted' })).toEqual([{ advertising: 'granted' }]);
    expect(said('save', { analytics: 'denied', advertising: 'denied' })).toEqual([
      { analytics: 'denied', advertising: 'denied' },
    ]);
  });

  it('makes two decisions of grants and denials, the denials first', () => {
    expect(said('save', { analytics: 'granted', advertising: 'denied' })).toEqual([
      { advertising: 'denied' },
      { analytics: 'granted' },
    ]);
  });

  it.each<[string, PressedAction, Choices, string[]]>([
    ['a save of nothing', 'save', {}, OPTIONAL],
    ['a save of what is necessary', 'save', { necessary: 'denied' }, OPTIONAL],
    [
      'a save of an unknown purpose beside a known one',
      'save',
      { analytics: 'denied', other: 'granted' },
      OPTIONAL,
    ],
    ['a save of everything', 'save', { '*': 'denied' }, OPTIONAL],
    ['an acceptance with choices of its own', 'accept-all', { analytics: 'denied' }, OPTIONAL],
    ['a refusal with choices of its own', 'necessary-only', { analytics: 'granted' }, OPTIONAL],
    ['a withdrawal with choices of its own', 'withdraw', { analytics: 'granted' }, OPTIONAL],
    ['an acknowledgement with choices', 'acknowledge', { analytics: 'granted' }, OPTIONAL],
    ['an acceptance where nothing is optional', 'accept-all', {}, []],
    ['a refusal where nothing is optional', 'necessary-only', {}, []],
  ])('does not take %s', (_, action, saved, optional) => {
    const about = { optional, asked: optional, signalled: [] };
    expect(choicesOf(action, about, saved).ok).toBe(false);
  });
});

describe('sale or sharing', () => {
  const about = { optional: [...OPTIONAL, 'sale-or-sharing'], asked: OPTIONAL, signalled: [] };

  it('is no part of an answer to the banner, and said by itself', () => {
    expect(choicesOf('accept-all', about, {})).toEqual({
      ok: true,
      value: [{ analytics: 'granted', advertising: 'granted' }],
    });
    for (const choice of ['denied', 'granted'] as const) {
      const said = choicesOf('save', about, { 'sale-or-sharing': choice });
      expect(said).toEqual({ ok: true, value: [{ 'sale-or-sharing': choice }] });
    }
  });
});

describe('while the opt-out signal is on', () => {
  const about = { optional: OPTIONAL, asked: OPTIONAL, signalled: ['advertising'] };

  it('nothing that it speaks of is allowed, and all of it may be refused', () => {
    expect(choicesOf('accept-all', about, {})).toEqual({
      ok: true,
      value: [{ analytics: 'granted' }],
    });
    expect(choicesOf('necessary-only', about, {})).toEqual({
      ok: true,
      value: [{ analytics: 'denied', advertising: 'denied' }],
    });
    expect(choicesOf('save', about, { advertising: 'granted' }).ok).toBe(false);
    expect(choicesOf('save', about, { advertising: 'denied' }).ok).toBe(true);
  });
});
