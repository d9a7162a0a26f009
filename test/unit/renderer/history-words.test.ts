import { describe, expect, test } from 'vitest';
import type { HistoryEntryView, HistorySaidView } from '../../../src-shared/history-view.js';
import { groupByDay } from '../../../src-renderer/history/group-by-day.js';
import {
  historyFailureWords,
  receiptWords,
  refusalWords,
} from '../../../src-renderer/text/history-proof-words.js';
import {
  deviceWords,
  saidWords,
  sendingWords,
  whereWords,
} from '../../../src-shared/text/history-words.js';
import { momentWords } from '../../../src-shared/text/moments.js';
import { english } from '../../support/english.js';
import { text } from './samples.js';

const history = english.history;
const moments = momentWords('en-GB', 'UTC');
const sync = english.sync;
type Said = Extract<HistorySaidView, { kind: 'said' }>;

const analytics = { purpose: 'analytics', name: 'Analytics' };
const functional = { purpose: 'functional', name: 'Functional' };
const every = { purpose: '*', name: '*' };

function said(part: Partial<Said> = {}): Said {
  return {
    kind: 'said',
    action: 'save',
    surface: 'settings',
    choices: [{ ...analytics, choice: 'granted' }],
    shown: { version: '1', lang: 'en', sha256: 'a'.repeat(64) },
    ...part,
  };
}

function entry(part: Partial<HistoryEntryView> = {}): HistoryEntryView {
  return {
    id: 'id',
    at: '2026-11-22T10:05:31.000Z',
    said: said(),
    device: { kind: 'this' },
    isErasable: true,
    sending: { state: 'local' },
    receipt: null,
    ...part,
  };
}

describe('what was said', () => {
  const granted = [functional, analytics].map((one) => ({ ...one, choice: 'granted' as const }));
  const denied = [functional, analytics].map((one) => ({ ...one, choice: 'denied' as const }));
  const all = [{ ...every, choice: 'denied' as const }];
  test.each<[string, HistorySaidView]>([
    ['You allowed Analytics', said()],
    ['You allowed Functional and Analytics', said({ choices: granted })],
    ['You refused Functional and Analytics', said({ choices: denied })],
    ['You allowed everything optional', said({ action: 'accept-all', choices: granted })],
    ['You refused everything optional', said({ action: 'necessary-only', choices: denied })],
    ['You withdrew everything', said({ action: 'withdraw', choices: all })],
    ['You withdrew Functional and Analytics', said({ action: 'withdraw', choices: denied })],
    [
      'Your opt-out signal refused Functional and Analytics',
      said({ action: 'signal', choices: denied }),
    ],
    ['You acknowledged the notice', said({ action: 'acknowledge', choices: [] })],
    ['Erased. It was about Analytics', { kind: 'erased', about: [analytics] }],
    ['Erased. It was about everything', { kind: 'erased', about: [every] }],
    ['Erased', { kind: 'erased', about: [] }],
    ['Not readable: the file has something else here', { kind: 'unreadable' }],
  ])('%s', (words, what) => {
    expect(saidWords(what, history, moments.list)).toBe(words);
  });

  test.each([
    ['banner', 'In the banner'],
    ['settings', 'Under Privacy'],
    ['notice', 'In a notice'],
    ['import', "Taken over from this device's choices"],
  ] as const)('on %s: %s', (surface, words) => {
    expect(whereWords(said({ surface }), history)).toBe(words);
  });

  test('nobody knows where, once it is erased', () => {
    expect(whereWords({ kind: 'erased', about: [] }, history)).toBeNull();
  });

  test('and on which device', () => {
    expect(deviceWords({ kind: 'this' }, history)).toBe('This device');
    expect(deviceWords({ kind: 'other', id: '3f9a0c21' }, history)).toBe(
      'Another device (3f9a0c21)',
    );
    expect(deviceWords({ kind: 'other', id: '' }, history)).toBe('Another device');
  });
});

describe('how far it has come', () => {
  test.each([
    [{ state: 'local' }, 'On this device only', 'ring'],
    [{ state: 'waiting' }, 'Waiting to sync', 'up'],
    [{ state: 'received', at: '2026-11-22T10:06:00.000Z' }, 'Received', 'tick'],
    [{ state: 'refused', reason: 'policy-unknown' }, 'Refused by Integro', 'broken'],
  ] as const)('%j', (sending, word, shape) => {
    expect(sendingWords(entry({ sending }), 'Integro', history)).toEqual({ word, shape });
  });

  test('a yes that was not taken stops counting, a no goes on holding', () => {
    const sending = { state: 'refused', reason: 'policy-unknown' } as const;
    expect(refusalWords(entry({ sending }), 'Integro', history, sync)).toBe(
      'Integro does not know the text you read. This yes does not count any more. To say it again, go to Privacy.',
    );
    const no = said({ choices: [{ ...analytics, choice: 'denied' }] });
    expect(refusalWords(entry({ sending, said: no }), 'Integro', history, sync)).toBe(
      'Integro does not know the text you read. On this device it goes on holding.',
    );
    expect(refusalWords(entry(), 'Integro', history, sync)).toBeNull();
  });

  test('a reason that a newer service gives has words too', () => {
    const sending = { state: 'refused', reason: 'toString' } as const;
    expect(refusalWords(entry({ sending }), 'Integro', history, sync)).toMatch(
      /^Integro gave a reason that Sayso does not know\./,
    );
  });
});

describe('a receipt', () => {
  const receipt = {
    receivedAt: '2026-11-22T10:06:00.000Z',
    about: 'refusal',
    deviceSigned: true,
    together: 1,
  } as const;
  const inWords = (part: Partial<HistoryEntryView>) =>
    receiptWords(entry(part), 'Integro', history, moments);

  test('says when, what, and who signed', () => {
    expect(inWords({ receipt })).toBe(
      'Integro signed that it received this refusal on 22 November 2026 at 10:06:00. The device it was said on had signed it.',
    );
    expect(inWords({ receipt: { ...receipt, deviceSigned: false, together: 1200 } })).toMatch(
      /a device's signature\. The same signature covers 1,200 decisions\.$/,
    );
  });

  test('never calls an acknowledgement a consent', () => {
    expect(inWords({ receipt: { ...receipt, about: 'acknowledgement' } })).toMatch(
      /this acknowledgement, which is no consent, on/,
    );
  });

  test('from before an erasing does not tell what was erased', () => {
    const words = inWords({ receipt, said: { kind: 'erased', about: [] } });
    expect(words).toMatch(/^Integro signed on .* that it had received what you said here\./);
    const header = { ...receipt, about: 'header' } as const;
    expect(inWords({ receipt: header, said: { kind: 'erased', about: [] } })).toMatch(
      /that this was erased\./,
    );
  });

  test('that is not there is explained', () => {
    expect(inWords({})).toBe('None, since it was not sent.');
    expect(inWords({ sending: { state: 'waiting' } })).toBe(
      'It comes when Integro has received this.',
    );
    expect(inWords({ sending: { state: 'refused', reason: '' } })).toBe('None came with it.');
  });
});

describe('days', () => {
  const at = (instant: string) => entry({ id: instant, at: instant });
  const grouped = (instants: readonly string[], timeZone: string) =>
    groupByDay(instants.map(at), momentWords('en', timeZone).dayKey).map(({ key, entries }) => [
      key,
      entries.map(({ id }) => id),
    ]);
  const late = '2026-11-21T23:30:00.000Z';
  const early = '2026-11-22T00:30:00.000Z';

  test('are those of the person, not of UTC', () => {
    expect(grouped([early, late], 'UTC')).toEqual([
      ['2026-11-22', [early]],
      ['2026-11-21', [late]],
    ]);
    expect(grouped([early, late], 'Europe/Berlin')).toEqual([['2026-11-22', [early, late]]]);
    expect(grouped([early, late], 'America/New_York')).toEqual([['2026-11-21', [early, late]]]);
  });

  test('what was learnt of late stands on the day it was said', () => {
    const monday = '2026-11-16T08:00:00.000Z';
    const tuesday = '2026-11-17T08:00:00.000Z';
    const wednesday = '2026-11-18T08:00:00.000Z';
    expect(grouped([monday, wednesday, tuesday], 'UTC').map(([key]) => key)).toEqual([
      '2026-11-18',
      '2026-11-17',
      '2026-11-16',
    ]);
  });

  test('a moment has words in its zone, and the same UTC everywhere', () => {
    const tokyo = momentWords('en-GB', 'Asia/Tokyo');
    expect(tokyo.day(late)).toBe('Sunday 22 November 2026');
    expect(tokyo.time(late)).toBe('08:30');
    expect(tokyo.whole(late)).toBe('22 November 2026 at 08:30:00');
    expect(tokyo.utc(late)).toBe('2026-11-21 23:30:00 UTC');
  });

  test('a moment of today is its time alone, by the day of its zone', () => {
    const tokyo = momentWords('en-GB', 'Asia/Tokyo');
    const sameDayThere = Date.parse('2026-11-22T14:59:59.000Z');
    expect(tokyo.recent(late, sameDayThere)).toBe('08:30:00');
    expect(tokyo.recent(late, sameDayThere + 1000)).toBe('22 Nov 2026, 08:30');
    expect(momentWords('en-GB', 'UTC').recent(late, sameDayThere)).toBe('21 Nov 2026, 23:30');
  });

  test('an unknown language reads English', () => {
    expect(momentWords('zz', 'UTC').day(late)).toBe('Saturday, November 21, 2026');
    expect(momentWords('en').language('pt-BR')).toBe('Brazilian Portuguese');
  });
});

describe('what did not work', () => {
  test.each([
    [{ code: 'text-unknown' }, /^This device does not have the text/],
    [{ code: 'unknown-decision' }, /not in your history any more/],
    [{ code: 'nothing-to-export' }, /nothing to export yet/],
    [{ code: 'not-written', cause: 'full' }, /^The file was not written: the disk is full/],
    [{ code: 'not-written', cause: 'gone' }, /^The file was not written: that folder/],
    [{ code: 'not-saved', cause: 'read-only' }, /^Not erased: Sayso may not write/],
    [{ code: 'unknown-service' }, /no longer has a readable profile/],
    [{ code: 'malformed' }, /^Something in Sayso went wrong/],
  ] as const)('%j', (failure, words) => {
    expect(historyFailureWords(failure, history, text)).toMatch(words);
  });
});
