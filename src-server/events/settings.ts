/** How streams of events are kept alive and bounded. */
export interface EventSettings {
  /** Between two signs of life on a stream, in milliseconds. */
  readonly heartbeatMs: number;
  /** How often it is looked whose session has expired or whose heartbeat is due, in milliseconds. */
  readonly tickMs: number;
  /** Most streams of one account. */
  readonly mostPerAccount: number;
  /** Most streams of this server. */
  readonly most: number;
}

export const DEFAULT_EVENT_SETTINGS: EventSettings = {
  heartbeatMs: 15_000,
  tickMs: 500,
  mostPerAccount: 20,
  most: 10_000,
};
