import { SIGNAL_PURPOSES } from '../../src-shared/consent/purpose-kind.js';
import type { Input, Output } from '../../src-shared/ipc-contract.js';
import { ok } from '../../src-shared/result.js';
import type { PurposeView, ServiceView } from '../../src-shared/views.js';

interface Parts {
  readonly services: readonly string[];
  readonly viewOf: (service: string) => ServiceView;
  readonly change: (service: string, part: Partial<ServiceView>) => ServiceView;
}

/** The rules that only ever close, as the page knows them: what is limited reads as refused. */
export function fixtureLimits({ services, viewOf, change }: Parts) {
  return {
    'limits.neverHere': ({
      service,
      purpose,
      isNever,
    }: Input<'limits.neverHere'>): Output<'limits.neverHere'> => {
      const purposes = viewOf(service).purposes.map((one) =>
        one.id === purpose ? limited(one, isNever ? 'never-here' : null, isNever) : one,
      );
      return ok(change(service, { purposes }));
    },
    'limits.signal': ({ isOn }: Input<'limits.signal'>): Output<'limits.signal'> => {
      for (const service of services) {
        const purposes = viewOf(service).purposes.map((one) =>
          SIGNAL_PURPOSES.includes(one.id) ? limited(one, isOn ? 'signal' : null, false) : one,
        );
        change(service, { purposes, signal: isOn });
      }
      return ok(null);
    },
  };
}

function limited(
  purpose: PurposeView,
  limit: PurposeView['limit'],
  neverHere: boolean,
): PurposeView {
  return { ...purpose, state: 'denied', since: null, until: null, limit, neverHere };
}
