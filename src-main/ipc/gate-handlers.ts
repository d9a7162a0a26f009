import type { OpenedSite, OpenFailure } from '../../src-shared/gate-view.js';
import type { GateCalls } from '../../src-shared/ipc-gate.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Device } from '../device/index.js';
import { gateView, type Gate, type GateExport } from '../gate/index.js';
import type { CallHandlers } from './answers.js';

const UNKNOWN = { code: 'unknown-service' } as const;

export interface GateHandlerParts {
  readonly gate: Gate;
  readonly gateExport: GateExport;
  readonly device: Device;
  readonly services: readonly string[];
  /** Opens the window on a service's own pages; left out where there are no windows. */
  readonly openSite?: (service: string) => Promise<Result<OpenedSite, OpenFailure>>;
}

/** Connects the calls about the gate with it, and with what is stored on this device. */
export function createGateHandlers(parts: GateHandlerParts): Pick<CallHandlers, keyof GateCalls> {
  const { gate, device, services } = parts;
  return {
    'service.open': ({ service }) => parts.openSite?.(service) ?? failed(UNKNOWN),
    'gate.read': ({ service }) =>
      services.includes(service) ? ok(gateView(gate, service)) : failed(UNKNOWN),
    'gate.export': ({ service }) => parts.gateExport(service),
    'device.read': async ({ service }) => {
      const read = await device.read(service);
      return read.ok ? read : failed(UNKNOWN);
    },
    'device.delete': ({ service, id }) => device.remove(service, id),
    'device.forget': ({ service }) => device.forget(service),
  };
}

/** The same calls when the profile cannot be used. */
export function createFatalGateHandlers(): Pick<CallHandlers, keyof GateCalls> {
  const unknown = () => failed(UNKNOWN);
  return {
    'service.open': unknown,
    'gate.read': unknown,
    'gate.export': unknown,
    'device.read': unknown,
    'device.delete': unknown,
    'device.forget': unknown,
  };
}
