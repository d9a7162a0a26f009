import type { EntrySigner } from '../ledger/index.js';
import type { WaitingEntry } from '../store/index.js';
import { parcelsWithoutToken, signedBy } from './without-token.js';

/**
 * What an account leaves behind to be sent after its sign-out: its signed refusals, and the headers of what stands before
 * them. What was never sent and allows something is discarded.
 * @param signer the device's key, as long as it is there: what was said while it was locked is signed now or never.
 * @returns entries as they travel (JSON), in order.
 */
export function partingBodies(
  waiting: readonly WaitingEntry[],
  signer: EntrySigner | null,
): string[] {
  const signed = signedBy(signer, waiting, () => true);
  return parcelsWithoutToken(signed, 'header').map(({ text }) => text);
}
