import type { IpcFailure } from '../../src-shared/failures.js';
import type { OpenedSite, OpenFailure } from '../../src-shared/gate-view.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { Result } from '../../src-shared/result.js';
import { ask } from '../bridge.js';
import type { Schedule } from '../choices.svelte.js';
import type DevicePage from '../pages/DevicePage.svelte';
import type GatePage from '../pages/GatePage.svelte';
import type { DeviceLog } from './device-log.svelte.js';
import type { GateLog } from './gate-log.svelte.js';

/** The pages about the gate and what is stored, with what they read; fetched when one of them is first opened. */
export interface OpenedDevice {
  readonly DevicePage: typeof DevicePage;
  readonly GatePage: typeof GatePage;
  readonly deviceLogOf: (service: string) => DeviceLog;
  readonly gateLogOf: (service: string) => GateLog;
}

/** Opens the service's own pages in a window of their own. */
export type OpenSite = (service: string) => Promise<Result<OpenedSite, OpenFailure | IpcFailure>>;

export function siteOpener(bridge: Bridge): OpenSite {
  return (service) => ask(bridge, 'service.open', { service });
}

/** @returns fetches the pages at its first call, and is the same from then on. */
export function deviceOpener(bridge: Bridge, schedule: Schedule): () => Promise<OpenedDevice> {
  let opened: Promise<OpenedDevice> | null = null;
  const open = async (): Promise<OpenedDevice> => {
    const [device, gate, { DeviceLog }, { GateLog }] = await Promise.all([
      import('../pages/DevicePage.svelte'),
      import('../pages/GatePage.svelte'),
      import('./device-log.svelte.js'),
      import('./gate-log.svelte.js'),
    ]);
    return {
      DevicePage: device.default,
      GatePage: gate.default,
      deviceLogOf: (service) => new DeviceLog(bridge, service, schedule),
      gateLogOf: (service) => new GateLog(bridge, service),
    };
  };
  return () => (opened ??= open());
}
