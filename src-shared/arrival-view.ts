/** What is said once after a sign-in: that the account's choices apply here now, and how they stand to this device's own. */
export interface ArrivalView {
  /** Whether this device had choices of its own. */
  readonly hasOwn: boolean;
  /** The purposes about which the two say the opposite. */
  readonly differing: readonly string[];
  /** Whether this device's own were made the account's, were left on the device, or wait for an answer. */
  readonly settled: 'unasked' | 'taken-over' | 'kept-apart';
}
