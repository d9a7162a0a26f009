import type { AccountFailure } from './failures.js';

/** One session of the account: where it is signed in. */
export interface DeviceView {
  /** The session's id at the service. */
  readonly id: string;
  /** What the device calls itself, such as "Linux". */
  readonly name: string;
  readonly isThis: boolean;
  /** UTC. */
  readonly signedInAt: string;
  /** UTC, to the minute or so: the service does not note every request. */
  readonly lastUsedAt: string;
}

/** Where the account of a service is signed in; this device first, then the one used last. */
export interface DevicesView {
  readonly devices: readonly DeviceView[];
  /** When the service said so, UTC. */
  readonly asOf: string;
  /** Why the service could not be asked again, so that this may be out of date; null when it has just been asked. */
  readonly problem: AccountFailure | null;
}
