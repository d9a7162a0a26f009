import type { Decision } from '../consent/decision.js';
import type { Remains } from '../ledger/entry.js';
import type { DeviceKey, ServerKey } from '../ledger/keys.js';
import type { Receipt } from '../ledger/receipt.js';
import type { PolicyText } from '../policy-text.js';

/** Whose decisions an export holds: the person is named by an opaque id only, never by name or address. */
export type ExportSubject =
  /** An account of the service, by its opaque id. */
  | { readonly kind: 'account'; readonly id: string }
  /** The signed-out person, by the device's id. */
  | { readonly kind: 'device'; readonly id: string };

/** One entry as the ledger keeps it. Either `decision` or `remains` is there, never both. */
export interface ExportEntry {
  /** Null once it was erased, or where only its header ever came here. */
  readonly decision: Decision | null;
  /** What an erased decision left behind; null while the decision itself is there. */
  readonly remains: Remains | null;
  /** 32 bytes, base64url; null for a bare decision and once erased. */
  readonly salt: string | null;
  /** Place in the device's chain; null for a decision that came without one. Hashes are lower-case hexadecimal. */
  readonly link: {
    readonly chain: string;
    readonly seq: number;
    readonly prev: string;
    readonly payloadHash: string;
    readonly entryHash: string;
  } | null;
  /** The device's Ed25519 signature (base64url) over the 32 bytes of `link.entryHash`; null where it was not signed. */
  readonly signature: { readonly kid: string; readonly signature: string } | null;
  /** When the service took it, UTC; null while it was not taken, or nothing said so. */
  readonly receivedAt: string | null;
  readonly receipt: Receipt | null;
  /** The very text the person saw, by `decision.policy.sha256`; null where this device does not have it (or no more). */
  readonly shown: PolicyText | null;
}

/** Everything of one service and one subject that goes into an export. */
export interface ExportInput {
  /** When the file is made, UTC. */
  readonly generatedAt: string;
  readonly service: {
    readonly id: string;
    readonly name: string;
    readonly publisher: string;
    /** As the profile names it; receipts carry it as `iss`. */
    readonly baseAddress: string;
  };
  readonly subject: ExportSubject;
  /** In any order; several devices and chains may be mixed. */
  readonly entries: readonly ExportEntry[];
  /** The service's signing keys as this device knows them; empty where it knows none. */
  readonly serverKeys: readonly ServerKey[];
  /** Public keys of the account's devices, past ones too. */
  readonly deviceKeys: readonly DeviceKey[];
}

/** Which part of the ledger an export is about; what is left out of the object is not limited. */
export interface ExportFilter {
  readonly purpose?: string;
  readonly decisionId?: string;
}
