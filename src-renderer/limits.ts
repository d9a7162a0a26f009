import type { ConsentFailure, IpcFailure } from '../src-shared/failures.js';
import type { Bridge } from '../src-shared/ipc-contract.js';
import type { ServiceView } from '../src-shared/views.js';
import { ask } from './bridge.js';

/** Why a rule could not be kept; null where it is. */
type Kept = Promise<ConsentFailure | IpcFailure | null>;

/** Rules that only ever close, from the page's side. */
export interface Limits {
  /** Whether a purpose is never to open on this device. */
  neverHere(service: string, purpose: string, isNever: boolean): Kept;
  /** Switches the opt-out signal; `service` is the one on show, whose status line says that it was saved. */
  signal(service: string, isOn: boolean): Kept;
}

/** @param apply takes in a service's newer view. @param onSaved told when something of a service was kept. */
export function createLimits(
  bridge: Bridge,
  apply: (view: ServiceView) => void,
  onSaved: (service: string) => void,
): Limits {
  return {
    async neverHere(service, purpose, isNever) {
      const outcome = await ask(bridge, 'limits.neverHere', { service, purpose, isNever });
      if (!outcome.ok) return outcome.error;
      apply(outcome.value);
      onSaved(service);
      return null;
    },
    async signal(service, isOn) {
      const outcome = await ask(bridge, 'limits.signal', { isOn });
      if (!outcome.ok) return outcome.error;
      onSaved(service);
      return null;
    },
  };
}
