import type { Entry } from '../../../src-shared/api-contract.js';
import type { ReceiptLeaf } from '../../../src-shared/ledger/receipt.js';
import { secondBareHash } from '../second/hashes.js';

/** What the receipt of an entry says about it, from the words of the protocol. */
export function leafOfEntry(entry: Entry): ReceiptLeaf {
  const signed = 'signature' in entry && entry.signature !== undefined;
  if (!('decision' in entry)) {
    return { id: entry.id, entryHash: entry.entryHash, type: 'header', signed };
  }
  const { decision } = entry;
  const entryHash = 'entryHash' in entry ? entry.entryHash : secondBareHash(decision);
  const said = Object.values(decision.choices);
  const refuses = said.length > 0 && said.every((choice) => choice === 'denied');
  const type =
    decision.action === 'acknowledge' ? 'acknowledgement' : refuses ? 'refusal' : 'consent';
  return { id: decision.id, entryHash, type, signed };
}
