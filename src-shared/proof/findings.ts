import type { LinkFault } from '../ledger/chain.js';
import type { ReceiptFault } from '../ledger/receipt.js';

/** Something in an export that is not true. `record` is the id of the decision it is about. */
export type FalseFinding =
  /** The file was changed after it was made. */
  | { readonly code: 'digest-differs' }
  /** The readable part is not what the evidence comes to; `where` is the first place. */
  | { readonly code: 'not-as-evidence'; readonly where: string }
  /** Spaces or line ends were changed, or members put into another order, and nothing else. */
  | { readonly code: 'reformatted' }
  | { readonly code: 'link'; readonly record: string; readonly fault: LinkFault }
  /** Two records are one decision. */
  | { readonly code: 'twice'; readonly record: string }
  /** It belongs to another service, subject, device or place than the export says. */
  | {
      readonly code: 'not-theirs';
      readonly record: string;
      readonly what: 'service' | 'subject' | 'device' | 'number';
    }
  /** The id of a key is not its thumbprint, or two keys share one. */
  | { readonly code: 'key-id'; readonly kid: string }
  | { readonly code: 'receipt'; readonly record: string; readonly fault: ReceiptFault }
  /** The time of receipt is not the one the service signed. */
  | { readonly code: 'received-at'; readonly record: string }
  /** A text is not the one with that hash. */
  | { readonly code: 'text'; readonly sha256: string };

/** Something an export says that it cannot prove. */
export type OpenFinding =
  /** The keys of the service come from the file itself. */
  | { readonly code: 'key-origin' }
  /** The service has not said that it took this. */
  | { readonly code: 'no-receipt'; readonly record: string }
  /** There is a receipt, and no key to check it by. */
  | { readonly code: 'no-key'; readonly record: string };

/** A limit of what is proven that lies in the matter itself and is no fault. */
export type LimitFinding =
  /** What was said was erased; only that there was something is proven. */
  | { readonly code: 'erased'; readonly record: string }
  /** It came without a chain, so nothing shows what came before it. */
  | { readonly code: 'no-chain'; readonly record: string }
  /** No device signed it. */
  | { readonly code: 'not-signed'; readonly record: string }
  /** The text that stood on the screen is not in the file. */
  | { readonly code: 'no-text'; readonly record: string }
  /** Entries of a chain are not in the file: those before `before`, from `after` on (0: from its start). */
  | {
      readonly code: 'gap';
      readonly chain: string;
      readonly after: number;
      readonly before: number;
    };

/** How much was found true. */
export interface ProvenCounts {
  readonly records: number;
  /** Decisions that are, character for character, what was hashed. */
  readonly decisions: number;
  readonly chains: number;
  readonly signatures: number;
  readonly receipts: number;
  readonly texts: number;
}

/** What is known of an export after checking it. */
export interface ExportVerdict {
  readonly untrue: readonly FalseFinding[];
  readonly open: readonly OpenFinding[];
  readonly limits: readonly LimitFinding[];
  readonly proven: ProvenCounts;
}
