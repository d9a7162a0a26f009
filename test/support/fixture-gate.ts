import type { DeviceView } from '../../src-shared/device-view.js';
import type { GateView } from '../../src-shared/gate-view.js';
import type { Input, Output } from '../../src-shared/ipc-contract.js';
import type { GateCalls } from '../../src-shared/ipc-gate.js';
import { ok } from '../../src-shared/result.js';

export interface FixtureGateParts {
  /** Laid over a device on which nothing is stored. */
  readonly device: Partial<DeviceView> | undefined;
  /** Laid over a gate that did nothing. */
  readonly gate: Partial<GateView> | undefined;
}

/** The calls about the gate, on a device where deleting takes something off the list and opening opens nothing. */
export function fixtureGate({ device, gate }: FixtureGateParts): {
  readonly [Name in keyof GateCalls]: (input: Input<Name>) => Output<Name>;
} {
  let stored = device?.stored ?? [];
  const view = (service: string): DeviceView => ({
    service,
    isSiteOpen: false,
    shared: [],
    keychain: 'available',
    unsent: 0,
    ...device,
    stored,
  });
  return {
    'service.open': () => ok({ kind: 'opened' }),
    'gate.read': ({ service }) => ok({ service, tools: [], counts: [], ...gate }),
    'gate.export': ({ service }) => ok({ kind: 'saved', path: `/home/ada/${service}.json` }),
    'device.read': ({ service }) => ok(view(service)),
    'device.delete': ({ service, id }) => {
      stored = stored.filter((thing) => thing.id !== id);
      return ok(view(service));
    },
    'device.forget': ({ service }) => {
      stored = [];
      return ok(view(service));
    },
  };
}
