import { describe, expect, it } from 'vitest';
import { bannerShows, type AskingFacts } from '../../../src-shared/consent/asking.js';
import type { PurposeReading, PurposeState } from '../../../src-shared/consent/effective-state.js';
import { DAY_MS, REFUSAL_QUIET_MS } from '../../../src-shared/consent/expiry.js';
import { START_MS } from '../../support/client/sample-decision.js';

function reading(state: PurposeState, atMs = START_MS): PurposeReading {
  const choice = state === 'denied' ? 'denied' : 'granted';
  const times = { atMs, pressedAtMs: atMs, receivedAtMs: null };
  const by = { id: 'a', choice, ...times, policyVersion: '2026-01', rests: false } as const;
  return { state, by: state === 'not-asked' ? null : by, untilMs: null, overruled: [] };
}

function facts(changes: Partial<AskingFacts> = {}): AskingFacts {
  return {
    kind: 'choice',
    optional: [reading('not-asked')],
    acknowledged: false,
    dismissed: false,
    refusedInThisRun: false,
    calledBack: false,
    trustedNowMs: START_MS,
    ...changes,
  };
}

describe('whether the banner shows', () => {
  it.each<[PurposeState, boolean]>([
    ['not-asked', true],
    ['ask-again', true],
    ['expired', true],
    ['granted', false],
    ['denied', false],
  ])('for a purpose that is %s: %s', (state, shows) => {
    expect(bannerShows(facts({ optional: [reading(state)] }))).toBe(shows);
    expect(bannerShows(facts({ kind: 'accept-or-necessary', optional: [reading(state)] }))).toBe(
      shows,
    );
  });

  it('for one open question among answers', () => {
    const answered = [reading('granted'), reading('denied')];
    expect(bannerShows(facts({ optional: answered }))).toBe(false);
    expect(bannerShows(facts({ optional: [...answered, reading('not-asked')] }))).toBe(true);
  });

  it.each([
    ['a millisecond before', -1, false],
    ['at', 0, true],
    ['after', DAY_MS, true],
  ])('for a refusal %s its twelve months', (_, lateMs, shows) => {
    const optional = [reading('denied', START_MS - REFUSAL_QUIET_MS - lateMs)];
    expect(bannerShows(facts({ optional }))).toBe(shows);
  });

  it.each([
    ['dismissed', { dismissed: true }],
    ['after a refusal in this run', { refusedInThisRun: true }],
  ])('not once %s, until it is called back', (_, hiding) => {
    for (const kind of ['choice', 'accept-or-necessary', 'acknowledge'] as const) {
      expect(bannerShows(facts({ kind, ...hiding }))).toBe(false);
      expect(bannerShows(facts({ kind, ...hiding, calledBack: true }))).toBe(true);
    }
  });

  it('when called back, even where everything is answered', () => {
    const optional = [reading('granted')];
    expect(bannerShows(facts({ optional, calledBack: true }))).toBe(true);
  });

  it('for a notice until it was acknowledged, whatever the purposes', () => {
    const notice = { kind: 'acknowledge', optional: [] } as const;
    expect(bannerShows(facts(notice))).toBe(true);
    expect(bannerShows(facts({ ...notice, acknowledged: true }))).toBe(false);
    const granted = [reading('granted')];
    expect(bannerShows(facts({ ...notice, optional: granted }))).toBe(true);
  });

  it('not for a service that asks about nothing', () => {
    expect(bannerShows(facts({ optional: [] }))).toBe(false);
  });
});
