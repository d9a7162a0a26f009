import type { IpcMainInvokeEvent, WebFrameMain } from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFatalHandlers } from '../../../src-main/ipc/index.js';
import { listenEarly } from '../../../src-main/early-calls.js';
import { createAnswers, type CallHandlers } from '../../../src-main/ipc/answers.js';
import { CALL_NAMES, channelOf, type CallName } from '../../../src-shared/ipc-contract.js';
import { callSchemas } from '../../../src-shared/ipc-schemas.js';
import { tries } from '../../support/client/property.js';

type Listener = (event: IpcMainInvokeEvent, payload: unknown) => unknown;

const sample: { readonly [Name in CallName]: unknown } = {
  'app.snapshot': {},
  'policy.read': { service: 'alpha' },
  'policy.versions': { service: 'alpha' },
  'policy.readVersion': { service: 'alpha', version: '2026-01' },
  'policy.difference': { service: 'alpha', from: null, to: '2027-01' },
  'consent.decide': {
    service: 'alpha',
    revision: 3,
    action: 'save',
    surface: 'settings',
    choices: { analytics: 'denied' },
  },
  'limits.neverHere': { service: 'alpha', purpose: 'analytics', isNever: true },
  'limits.signal': { isOn: true },
  'banner.dismiss': { service: 'alpha' },
  'banner.callBack': { service: 'alpha' },
  'session.createAccount': { service: 'alpha', email: 'a@b.c', password: 'p', remember: true },
  'session.signIn': { service: 'alpha', email: 'a@b.c', password: 'p', remember: false },
  'session.browserSignIn': { service: 'alpha', remember: true },
  'session.browserOpenAgain': { service: 'alpha' },
  'session.browserCancel': { service: 'alpha' },
  'session.unsent': { service: 'alpha' },
  'session.signOut': { service: 'alpha' },
  'session.withdrawAndSignOut': { service: 'alpha', revision: 4 },
  'session.signOutEverywhere': {},
  'session.signOutAndErase': { service: 'alpha' },
  'account.devices': { service: 'alpha' },
  'account.endDevice': { service: 'alpha', session: 'some-session' },
  'account.endOthers': { service: 'alpha' },
  'account.changePassword': { service: 'alpha', current: 'p', next: 'q' },
  'account.delete': { service: 'alpha', password: 'p' },
  'account.deleteByBrowser': { service: 'alpha' },
  'session.deviceChoices': { service: 'alpha', revision: 0, takeOver: true },
  'session.arrivalRead': { service: 'alpha' },
  'ledger.startOver': { service: 'alpha' },
  'history.read': { service: 'alpha', before: null },
  'history.shownText': {
    service: 'alpha',
    shown: { version: '1', lang: 'en', sha256: 'a'.repeat(64) },
  },
  'history.export': { service: null, purpose: 'analytics', decision: null },
  'history.import': { service: 'alpha' },
  'history.imported': { service: 'alpha', before: null },
  'history.dropImported': { service: 'alpha' },
  'history.erase': { service: 'alpha', id: '019dc000-0000-7000-8000-000000000001' },
  'sync.detail': { service: 'alpha' },
  'sync.now': { service: 'alpha' },
  'keychain.tryAgain': {},
  'service.open': { service: 'alpha' },
  'gate.read': { service: 'alpha' },
  'gate.export': { service: 'alpha' },
  'device.read': { service: 'alpha' },
  'device.delete': { service: 'alpha', id: '["cookie","a","a.example","/"]' },
  'device.forget': { service: 'alpha' },
  'language.choose': { lang: 'de' },
  'app.open': { service: 'alpha' },
  'app.drawn': {},
  'quit.answer': { answer: 'keep-open' },
};

/** Handlers that note what reached them; each answers with its own name. */
function noting(reached: [CallName, unknown][]): CallHandlers {
  const note = (name: CallName) => (input: unknown) => {
    reached.push([name, input]);
    return name;
  };
  return Object.fromEntries(
    CALL_NAMES.map((name) => [name, note(name)]),
  ) as unknown as CallHandlers;
}

function registered(handlers?: CallHandlers) {
  const channels = new Map<string, Listener>();
  const reached: [CallName, unknown][] = [];
  const unexpected: [CallName, unknown][] = [];
  const answer = createAnswers({
    // The windows' own check (top frame of a known window, own address) is tested with windows; here it is the frame's.
    isOurs: ({ senderFrame }) => senderFrame?.url === 'sayso://app/' && senderFrame.parent === null,
    handlers: handlers ?? noting(reached),
    onUnexpected: (call, error) => void unexpected.push([call, error]),
  });
  const ipcMain = {
    handle: (channel: string, listener: Listener) => void channels.set(channel, listener),
  };
  const nothingAhead = { answer: () => Promise.resolve(null) };
  listenEarly(ipcMain, nothingAhead, Promise.resolve(answer), () => undefined);
  const from = (frame: { url: string; parent: unknown } | null) =>
    ({ senderFrame: frame as WebFrameMain | null }) as IpcMainInvokeEvent;
  const ours = from({ url: 'sayso://app/', parent: null });
  const call = (name: CallName, payload: unknown, event = ours): Promise<unknown> =>
    Promise.resolve(channels.get(channelOf(name))?.(event, payload));
  return { channels, reached, unexpected, call, from };
}

const REFUSED = { ok: false, error: { code: 'not-allowed' } };
const MALFORMED = { ok: false, error: { code: 'malformed' } };

describe('the calls of a window', () => {
  it('are those of the contract, each on a channel of its own', () => {
    expect([...registered().channels.keys()]).toEqual(CALL_NAMES.map((name) => `sayso:${name}`));
  });

  it.each(CALL_NAMES)('%s reaches its handler with what was sent', async (name) => {
    const { call, reached } = registered();
    expect(await call(name, sample[name])).toEqual({ ok: true, value: name });
    expect(reached).toEqual([[name, sample[name]]]);
  });

  it.each(CALL_NAMES)(
    '%s is refused to strangers before its payload is looked at',
    async (name) => {
      const { call, reached, from } = registered();
      const strangers = [
        from({ url: 'https://example.org/', parent: null }),
        from({ url: 'sayso://app/', parent: { url: 'sayso://app/' } }),
        from(null),
      ];
      for (const event of strangers) {
        expect(await call(name, sample[name], event)).toEqual(REFUSED);
        expect(await call(name, { wrong: true }, event)).toEqual(REFUSED);
      }
      expect(reached).toEqual([]);
    },
  );

  it.each(CALL_NAMES)('%s refuses what it does not know', async (name) => {
    const { call, reached } = registered();
    const wrong = [undefined, null, 0, '', [], 'x', { ...(sample[name] as object), more: 1 }];
    for (const payload of wrong) expect(await call(name, payload)).toEqual(MALFORMED);
    expect(reached).toEqual([]);
  });

  it.each([
    ['a choice about everything', { choices: { '*': 'denied' } }],
    ['an opt-out signal', { action: 'signal' }],
    ['a notice as its surface', { surface: 'notice' }],
    ['a negative revision', { revision: -1 }],
    ['half a revision', { revision: 0.5 }],
    ['a service that is a path', { service: '../alpha' }],
    [
      '51 purposes',
      { choices: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`p${n}`, 'denied'])) },
    ],
    ['an account id of its own', { subject: 'account-1' }],
  ])('consent.decide refuses %s', async (_, change) => {
    const { call, reached } = registered();
    const payload = { ...(sample['consent.decide'] as object), ...change };
    expect(await call('consent.decide', payload)).toEqual(MALFORMED);
    expect(reached).toEqual([]);
  });

  it('turn what no handler foresaw into a value, and tell it without the payload', async () => {
    const trouble = new Error('the disk is on fire');
    const throwing = () => {
      throw trouble;
    };
    const rejecting = () => Promise.reject(trouble);
    const handlers = {
      ...noting([]),
      'session.signIn': throwing,
      'session.signOut': rejecting,
    };
    const { call, unexpected } = registered(handlers);
    for (const name of ['session.signIn', 'session.signOut'] as const) {
      expect(await call(name, sample[name])).toEqual({ ok: false, error: { code: 'unexpected' } });
    }
    expect(unexpected).toEqual([
      ['session.signIn', trouble],
      ['session.signOut', trouble],
    ]);
  });

  it('reach a handler only with what their schema accepts, whatever is sent', async () => {
    const near = fc.record(
      {
        service: fc.oneof(fc.constant('alpha'), fc.string()),
        revision: fc.oneof(fc.nat(), fc.double(), fc.bigInt()),
        action: fc.constantFrom('save', 'withdraw', 'signal', ''),
        surface: fc.constantFrom('banner', 'settings', 'import'),
        choices: fc.dictionary(
          fc.string({ maxLength: 9 }),
          fc.constantFrom('granted', 'denied', 'x'),
        ),
        email: fc.string(),
        password: fc.string(),
        remember: fc.boolean(),
        takeOver: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const payload = fc.oneof(near, fc.anything(), fc.constantFrom(...Object.values(sample)));
    const property = fc.asyncProperty(
      fc.constantFrom(...CALL_NAMES),
      payload,
      async (name, sent) => {
        const { call, reached, unexpected } = registered();
        const accepted = callSchemas[name].safeParse(sent);
        const answer = await call(name, sent);
        expect(unexpected).toEqual([]);
        expect(answer).toEqual(accepted.success ? { ok: true, value: name } : MALFORMED);
        expect(reached).toEqual(accepted.success ? [[name, accepted.data]] : []);
      },
    );
    await fc.assert(property, tries(1000));
  });
});

describe('the calls while the profile cannot be used', () => {
  it.each(CALL_NAMES)('%s answers without anything to act on', async (name) => {
    const snapshot = { fatal: { code: 'disk-full', path: '/x' } };
    const { call, unexpected } = registered(createFatalHandlers(() => snapshot as never));
    const answer = (await call(name, sample[name])) as { ok: boolean; value: unknown };
    expect(answer.ok).toBe(true);
    const quiet = [
      'unknown',
      null,
      { waiting: 0, grants: 0 },
      { ok: false, error: { code: 'unknown-service' } },
      snapshot,
    ];
    expect(quiet).toContainEqual(answer.value);
    expect(unexpected).toEqual([]);
  });
});
