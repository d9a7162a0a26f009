import type { QuitAnswer, Unsent } from '../../src-shared/ipc-contract.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { AppView, KeychainView, ServiceView } from '../../src-shared/views.js';
import type { Account } from '../account/index.js';
import type { Consent } from '../consent/index.js';
import type { Ledger } from '../ledger/index.js';
import type { History } from '../history/index.js';
import type { Policies } from '../policy/index.js';
import type { Sessions } from '../session/index.js';
import type { Sync } from '../sync/index.js';
import { createAccountHandlers, createFatalAccountHandlers } from './account-handlers.js';
import type { CallHandlers } from './answers.js';
import { createBrowserHandlers, createFatalBrowserHandlers } from './browser-handlers.js';
import {
  createFatalGateHandlers,
  createGateHandlers,
  type GateHandlerParts,
} from './gate-handlers.js';

/** What the calls act on. */
export interface HandlerParts extends GateHandlerParts {
  readonly snapshot: () => AppView;
  readonly serviceView: (service: string) => ServiceView | null;
  readonly policies: Policies;
  readonly consent: Consent;
  readonly sessions: Sessions;
  readonly account: Account;
  readonly sync: Sync;
  readonly history: History;
  readonly ledger: Pick<Ledger, 'startOver'>;
  readonly unsent: (service: string) => Unsent;
  /** Asks the keychain again, and takes up what it kept from coming about. */
  readonly tryKeychainAgain: (mayAsk: boolean) => Promise<KeychainView>;
  /** The language the person chose; null: the system's. */
  readonly chooseLanguage: (lang: string | null) => void;
  /** What a window says to the question before quitting. */
  readonly answerQuit: (answer: QuitAnswer) => void;
}

const UNKNOWN = { code: 'unknown-service' } as const;

/** Connects the calls of the contract with the rooms that do the work. */
export function createHandlers(parts: HandlerParts): CallHandlers {
  const { consent, sessions, sync, policies, history, serviceView } = parts;

  /** After a success, the service as it stands now: the window needs no second question. */
  const withView = <Failure>(
    outcome: Result<null, Failure>,
    service: string,
  ): Result<ServiceView, Failure | typeof UNKNOWN> => {
    if (!outcome.ok) return outcome;
    const view = serviceView(service);
    return view ? ok(view) : failed(UNKNOWN);
  };

  const tellPolicyShown = (service: string): void => {
    parts.gate.tell(service, { kind: 'page', page: 'policy' });
  };

  return {
    'app.snapshot': () => {
      const view = parts.snapshot();
      if (view.policy) tellPolicyShown(view.policy.service);
      return view;
    },
    'policy.read': ({ service }) => {
      tellPolicyShown(service);
      const view = policies.view(service);
      return view ? ok(view) : failed(UNKNOWN);
    },
    'policy.versions': ({ service }) => {
      const versions = policies.versions(service);
      return versions ? ok(versions) : failed(UNKNOWN);
    },
    'policy.readVersion': ({ service, version }) => {
      const view = policies.viewOf(service, version);
      return view ? ok(view) : failed({ code: 'unknown-version' });
    },
    'policy.difference': ({ service, from, to }) => {
      const difference = policies.difference(service, from, to);
      return difference ? ok(difference) : failed({ code: 'not-comparable' });
    },
    'consent.decide': (press) => {
      const decided = consent.decide(press);
      // Only where the person still lets it be counted after this very press.
      if (decided.ok) parts.gate.tell(press.service, { kind: 'action', action: press.action });
      return decided;
    },
    'limits.neverHere': ({ service, purpose, isNever }) =>
      withView(consent.setNeverHere(service, purpose, isNever), service),
    'limits.signal': ({ isOn }) => consent.setSignal(isOn),
    'banner.dismiss': ({ service }) => {
      consent.dismissBanner(service);
      return null;
    },
    'banner.callBack': ({ service }) => {
      consent.callBackBanner(service);
      return null;
    },
    'session.createAccount': async (input) => {
      const outcome = await sessions.createAccount(input);
      if (outcome.ok) sync.wake(input.service);
      return withView(outcome, input.service);
    },
    'session.signIn': async (input) => {
      const outcome = await sessions.signIn(input);
      // Also after a failure: a session that the server may have opened all the same is to be ended.
      sync.wake(input.service);
      return withView(outcome, input.service);
    },
    ...createBrowserHandlers({ browser: sessions.browser, sync, withView }),
    'session.unsent': ({ service }) => parts.unsent(service),
    'session.signOut': async ({ service }) => {
      const outcome = await sessions.signOut(service);
      sync.wake(service);
      return withView(outcome, service);
    },
    ...createAccountHandlers({ account: parts.account, sync, withView }),
    'session.deviceChoices': ({ service, revision, takeOver }) =>
      withView(consent.answerDeviceChoices(service, revision, takeOver), service),
    'session.arrivalRead': ({ service }) => withView(consent.arrivalRead(service), service),
    'history.read': (input) => {
      if (input.before === null) parts.gate.tell(input.service, { kind: 'page', page: 'history' });
      return history.read(input);
    },
    'history.shownText': (input) => history.shownText(input),
    'history.export': (input) => history.exportFile(input),
    'history.import': (input) => history.importFile(input),
    'history.imported': (input) => history.imported(input),
    'history.dropImported': (input) => history.dropImported(input),
    'history.erase': (input) => history.erase(input),
    'ledger.startOver': async ({ service }) =>
      withView(await parts.ledger.startOver(service), service),
    'sync.detail': ({ service }) =>
      serviceView(service) ? ok(sync.detail(service)) : failed(UNKNOWN),
    'sync.now': ({ service }) => {
      sync.tryNow(service);
      return null;
    },
    ...createGateHandlers(parts),
    'keychain.tryAgain': () => parts.tryKeychainAgain(true),
    'language.choose': ({ lang }) => {
      parts.chooseLanguage(lang);
      return null;
    },
    'app.drawn': () => null,
    'app.open': ({ service }) => {
      sync.wake(service);
      return null;
    },
    'quit.answer': ({ answer }) => {
      parts.answerQuit(answer);
      return null;
    },
  };
}

/** The calls when the profile cannot be used: the window can ask why, and nothing else. */
export function createFatalHandlers(snapshot: () => AppView): CallHandlers {
  const unknown = () => failed(UNKNOWN);
  const nothing = () => null;
  return {
    'app.snapshot': snapshot,
    'policy.read': unknown,
    'policy.versions': unknown,
    'policy.readVersion': unknown,
    'policy.difference': unknown,
    'consent.decide': unknown,
    'limits.neverHere': unknown,
    'limits.signal': unknown,
    'banner.dismiss': nothing,
    'banner.callBack': nothing,
    'session.createAccount': unknown,
    'session.signIn': unknown,
    ...createFatalBrowserHandlers(),
    'session.unsent': () => ({ waiting: 0, grants: 0 }),
    'session.signOut': unknown,
    ...createFatalAccountHandlers(),
    'session.deviceChoices': unknown,
    'session.arrivalRead': unknown,
    'history.read': unknown,
    'history.shownText': unknown,
    'history.export': unknown,
    'history.import': unknown,
    'history.imported': unknown,
    'history.dropImported': unknown,
    'history.erase': unknown,
    'ledger.startOver': unknown,
    'sync.detail': unknown,
    'sync.now': nothing,
    ...createFatalGateHandlers(),
    'keychain.tryAgain': () => 'unknown',
    'language.choose': nothing,
    'app.open': nothing,
    'app.drawn': nothing,
    'quit.answer': nothing,
  };
}
