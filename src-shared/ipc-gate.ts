import type { DeviceFailure, DeviceView } from './device-view.js';
import type { GateExportFailure, GateView, OpenedSite, OpenFailure } from './gate-view.js';
import type { ExportedView } from './history-view.js';
import type { Result } from './result.js';

type Unknown = { readonly code: 'unknown-service' };

/** The calls about the gate and about what is stored on this device. */
export interface GateCalls {
  /** The service's own pages in a window of their own, which the gate holds; one that is open comes to the front. */
  readonly 'service.open': { input: { service: string }; output: Result<OpenedSite, OpenFailure> };
  /** What the gate did for a service, and what may act. */
  readonly 'gate.read': { input: { service: string }; output: Result<GateView, Unknown> };
  /** The same to a file that the person names. */
  readonly 'gate.export': {
    input: { service: string };
    output: Result<ExportedView, GateExportFailure>;
  };
  /** What is really stored on this device, read from the places where it lies. */
  readonly 'device.read': { input: { service: string }; output: Result<DeviceView, Unknown> };
  /** Deletes one thing that is on the list; the answer is the list without it. */
  readonly 'device.delete': {
    input: { service: string; id: string };
    output: Result<DeviceView, DeviceFailure>;
  };
  /**
   * "Forget this service on this device": signs out, deletes everything, and asks again as at the first start. What has not
   * reached the service by then never does.
   */
  readonly 'device.forget': {
    input: { service: string };
    output: Result<DeviceView, DeviceFailure>;
  };
}

/** Their names at run time; the compiler checks that none is missing and none is too many. */
export const GATE_CALLS = {
  'service.open': true,
  'gate.read': true,
  'gate.export': true,
  'device.read': true,
  'device.delete': true,
  'device.forget': true,
} satisfies Record<keyof GateCalls, true>;
