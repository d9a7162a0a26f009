import type { Action } from './consent/decision.js';
import type { ConsentFailure } from './failures.js';
import type { Result } from './result.js';
import type { ServiceView } from './views.js';

/** The calls by which a person decides, or does not. */
export interface ConsentCalls {
  /**
   * The person presses: kept on this device before the answer comes. The answer names the screen that the press leaves behind;
   * what it looks like comes right after as `service.changed`, because "saved" need not wait for it.
   */
  readonly 'consent.decide': {
    input: {
      service: string;
      /** The screen that was answered ({@link ServiceView.revision}). */
      revision: number;
      action: Exclude<Action, 'signal'>;
      surface: 'banner' | 'settings';
      /** For `save`: purpose and whether it is granted. Empty otherwise: the action says it all. */
      choices: Record<string, 'granted' | 'denied'>;
    };
    output: Result<{ readonly revision: number }, ConsentFailure>;
  };
  /**
   * A rule of this device, whoever is signed in: a purpose never opens here, or may open again as was decided. That of sale or
   * sharing is not lifted by this call (`not-a-choice`): it goes when the person allows it anew, which asks them twice.
   */
  readonly 'limits.neverHere': {
    input: { service: string; purpose: string; isNever: boolean };
    output: Result<ServiceView, ConsentFailure>;
  };
  /**
   * The opt-out signal (Global Privacy Control), for every service: switching it on refuses what it speaks of, switching it off
   * allows nothing.
   */
  readonly 'limits.signal': { input: { isOn: boolean }; output: Result<null, ConsentFailure> };
  /** Esc or closing: no answer. */
  readonly 'banner.dismiss': { input: { service: string }; output: null };
  /** The person asks for the question again. */
  readonly 'banner.callBack': { input: { service: string }; output: null };
  /** The answer to "This device's choices": take them over to the account, or leave them on the device. */
  readonly 'session.deviceChoices': {
    input: { service: string; revision: number; takeOver: boolean };
    output: Result<ServiceView, ConsentFailure>;
  };
  /** The person has read that the account's choices apply here: it is not said again. */
  readonly 'session.arrivalRead': {
    input: { service: string };
    output: Result<ServiceView, ConsentFailure>;
  };
  /** A suspect ledger is put aside and begun anew: nothing optional is open, and the person is asked again. */
  readonly 'ledger.startOver': {
    input: { service: string };
    output: Result<ServiceView, ConsentFailure>;
  };
}

/** Their names at run time; the compiler checks that none is missing and none is too many. */
export const CONSENT_CALLS = {
  'consent.decide': true,
  'limits.neverHere': true,
  'limits.signal': true,
  'banner.dismiss': true,
  'banner.callBack': true,
  'session.deviceChoices': true,
  'session.arrivalRead': true,
  'ledger.startOver': true,
} satisfies Record<keyof ConsentCalls, true>;
