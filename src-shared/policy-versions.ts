/** One version of a policy that is at hand, as it stands in a list of them. */
export interface PolicyVersionView {
  readonly version: string;
  /** The day printed on it, `YYYY-MM-DD`. */
  readonly dated: string;
  /** When it takes or took effect, UTC. */
  readonly effectiveAt: string;
  /** BCP 47 tag of the language it would be read in. */
  readonly lang: string;
  /** `coming` is published and not yet in force. */
  readonly standing: 'coming' | 'current' | 'earlier';
}

/** Every version of a service's policy that can be read here, without a network too. */
export interface PolicyVersionsView {
  readonly service: string;
  /** Newest first. */
  readonly versions: readonly PolicyVersionView[];
  /** When the service itself last answered which policy it has, UTC; null while it has not: the texts came with Sayso. */
  readonly checkedAt: string | null;
}
