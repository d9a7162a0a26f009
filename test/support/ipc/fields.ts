import fc, { type Arbitrary } from 'fast-check';
import type { CallName } from '../../../src-shared/ipc-contract.js';
import { idAt } from '../client/sample-decision.js';

/** One member of a payload, written from the words of the contract and not from its schemas. */
export interface FieldKind {
  readonly sound: Arbitrary<unknown>;
  /** Whether any text is a sound value, as with a password. */
  readonly takesAnyText?: true;
  readonly mayBeLeftOut?: true;
  /** For a record: members that must not be in it. */
  readonly brokenMembers?: Arbitrary<readonly [string, unknown]>;
}

const kind = (...sound: readonly unknown[]): FieldKind => ({ sound: fc.constantFrom(...sound) });

const service = kind('alpha', 'alpha', 'beta', 'nowhere');
const flag = kind(true, false);
const revision: FieldKind = { sound: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(100_000)) };
const purpose = kind('analytics', 'advertising', 'necessary', 'unheard-of');
const version = kind('2026-01', '2027-01', '1');
const id: FieldKind = { sound: fc.nat(1000).map(idAt) };
const text = (...sound: readonly string[]): FieldKind => ({
  sound: fc.oneof(fc.constantFrom(...sound), fc.string({ maxLength: 200, unit: 'binary' })),
  takesAnyText: true,
});
const password = text('correct horse battery', 'x'.repeat(1024), '');
const orNull = ({ sound, ...rest }: FieldKind): FieldKind => ({
  ...rest,
  sound: fc.option(sound, { nil: null }),
});

const choices: FieldKind = {
  sound: fc.dictionary(
    fc.constantFrom('analytics', 'advertising', 'unheard-of'),
    fc.constantFrom('granted', 'denied'),
  ),
  brokenMembers: fc.oneof(
    fc.tuple(fc.constantFrom('__proto__', '*', 'A', '', 'a b'), fc.constant('granted')),
    fc.tuple(fc.constant('analytics'), fc.constantFrom('yes', true, null, {}, 1)),
  ),
};
const shown: FieldKind = {
  sound: fc.record({
    version: version.sound,
    lang: fc.constantFrom('en', 'de', 'pt-BR'),
    sha256: fc.constant('a'.repeat(64)),
  }),
  brokenMembers: fc.tuple(fc.constantFrom('__proto__', 'extra', 'sha256'), fc.constant('x')),
};

const filter: FieldKind = {
  mayBeLeftOut: true,
  sound: fc.record({
    purpose: fc.option(fc.constantFrom('analytics', 'unheard-of'), { nil: null }),
    kind: fc.constantFrom('allowed', 'refused', 'acknowledged', 'erased', null),
    device: fc.constantFrom('this', 'other', null),
    from: fc.constantFrom('2026-01-01T00:00:00Z', null),
    to: fc.constantFrom('2027-01-01T00:00:00.000Z', null),
  }),
  brokenMembers: fc.tuple(fc.constantFrom('__proto__', 'extra', 'kind'), fc.constant('x')),
};

const ofService = { service };
const signIn = { service, email: text('one@example.org', ''), password, remember: flag };

/** The members of every call's payload. */
export const FIELDS: Readonly<Record<CallName, Readonly<Record<string, FieldKind>>>> = {
  'app.snapshot': {},
  'policy.read': ofService,
  'policy.versions': ofService,
  'policy.readVersion': { service, version },
  'policy.difference': { service, from: orNull(version), to: version },
  'consent.decide': {
    service,
    revision,
    action: kind('accept-all', 'necessary-only', 'save', 'withdraw', 'acknowledge'),
    surface: kind('banner', 'settings'),
    choices,
  },
  'limits.neverHere': { service, purpose, isNever: flag },
  'limits.signal': { isOn: flag },
  'banner.dismiss': ofService,
  'banner.callBack': ofService,
  'session.createAccount': signIn,
  'session.signIn': signIn,
  'session.browserSignIn': { service, remember: flag },
  'session.browserOpenAgain': ofService,
  'session.browserCancel': ofService,
  'session.unsent': ofService,
  'session.signOut': ofService,
  'session.withdrawAndSignOut': { service, revision },
  'session.signOutEverywhere': {},
  'session.signOutAndErase': ofService,
  'account.devices': ofService,
  'account.endDevice': { service, session: kind('s-1', 'x'.repeat(64)) },
  'account.endOthers': ofService,
  'account.changePassword': { service, current: password, next: password },
  'account.delete': { service, password },
  'account.deleteByBrowser': { service },
  'session.deviceChoices': { service, revision, takeOver: flag },
  'session.arrivalRead': { service },
  'ledger.startOver': ofService,
  'history.read': { service, before: orNull({ sound: fc.integer({ min: 1, max: 50 }) }), filter },
  'history.shownText': { service, shown },
  'history.export': {
    service: orNull(service),
    purpose: orNull(purpose),
    decision: orNull(id),
    format: { ...kind('json', 'pdf'), mayBeLeftOut: true },
  },
  'history.import': ofService,
  'history.imported': { service, before: orNull({ sound: fc.integer({ min: 1, max: 50 }) }) },
  'history.dropImported': ofService,
  'history.erase': { service, id },
  'sync.detail': ofService,
  'sync.now': ofService,
  'keychain.tryAgain': {},
  'service.open': ofService,
  'gate.read': ofService,
  'gate.export': ofService,
  'device.read': ofService,
  'device.delete': { service, id: text('["cookie","a","a.example","/"]') },
  'device.forget': ofService,
  'language.choose': { lang: orNull(kind('en', 'de-AT', 'pt-BR')) },
  'app.open': ofService,
  'app.drawn': {},
  'quit.answer': { answer: kind('shown', 'quit', 'keep-open') },
};

/** Values that are sound for no member of any call. */
export const BROKEN_VALUES: readonly unknown[] = [
  undefined,
  NaN,
  Infinity,
  -1,
  1.5,
  2 ** 53,
  10n,
  [],
  [{}],
  { a: 1 },
  { length: 1 },
  new Date(0),
  new Uint8Array(4),
  // Longer than the longest text that any call takes.
  'x'.repeat(9000),
  'x'.repeat(3_000_000),
];

/** Texts that are sound only where any text is. */
export const BROKEN_TEXTS: readonly string[] = [
  '',
  '../..',
  'a/b',
  'alpha\u0000',
  'alpha ',
  'ünïcode',
  '\ud800',
  `'; DROP TABLE decision; --`,
  '${process.exit(1)}',
];
