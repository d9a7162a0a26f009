import type { PulledEntry } from '../../src-shared/api-contract.js';
import { canonicalJson } from '../../src-shared/ledger/canonical.js';
import type { DeviceKey } from '../../src-shared/ledger/keys.js';
import {
  checkReceipt,
  receiptStatementSchema,
  type Receipt,
  type ReceiptLeaf,
  type ReceiptStatement,
} from '../../src-shared/ledger/receipt.js';
import { createJwsOpener, sha256 } from '../crypto/index.js';
import type { EntryLink, Store } from '../store/index.js';
import { isTreeOver, isWholeBatch } from './batch-receipts.js';
import { checkedLink, createSignatureChecks, leafOf } from './sent-entry.js';

/** What is proven of an entry that came from the server. */
export interface ProvenEntry {
  /** The decision as canonical JSON; null for a header. */
  readonly jcs: string | null;
  /** The link, if it is that of this decision; a signature only where it checks. */
  readonly link: EntryLink | null;
  readonly salt: string | null;
  /** The receipt, if it checks. */
  readonly receipt: Receipt | null;
  /** When the server took it, UTC: as signed where a receipt checks. */
  readonly receivedAt: string;
  /** Whether the device's own signature or the server's receipt vouches for it. */
  readonly isProven: boolean;
}

/** What a receipt says: when an entry was taken (UTC), and as what. */
export interface ReceivedAs {
  readonly at: string;
  readonly type: ReceiptLeaf['type'];
}

/** Checks what a server says against the keys of its devices and its own. */
export interface Proofs {
  /** When the server took an entry and as what, by a receipt that checks; null where it proves nothing. */
  receivedAs(
    service: string,
    entry: Pick<ReceiptLeaf, 'id' | 'entryHash' | 'signed'>,
    receipt: Receipt,
  ): Promise<ReceivedAs | null>;
  /**
   * When the server took entries that came in one batch, by their receipts taken together: quicker than one by one. Null where
   * they are not those of one whole batch.
   */
  batchReceivedAt(
    service: string,
    leaves: readonly ReceiptLeaf[],
    receipts: readonly Receipt[],
  ): Promise<string | null>;
  /**
   * When the server took entries, by a signature over the tree that exactly these make, in their order; null where it is not.
   */
  treeReceivedAt(
    service: string,
    leaves: readonly ReceiptLeaf[],
    jws: string,
  ): Promise<string | null>;
  prove(
    service: string,
    entry: PulledEntry,
    deviceKeys: readonly DeviceKey[],
  ): Promise<ProvenEntry>;
}

/** @param issuerOf the base address that a service's own profile names, which its receipts have to name too. */
export function createProofs(
  store: Pick<Store, 'publicKeys'>,
  issuerOf: (service: string) => string | null,
): Proofs {
  const checkOf = createSignatureChecks();
  const openers = new Map<string, ReturnType<typeof createJwsOpener>>();
  const openerOf = (service: string): ReturnType<typeof createJwsOpener> => {
    const known = openers.get(service);
    if (known) return known;
    const opener = createJwsOpener(() => store.publicKeys.serverKeys(service));
    openers.set(service, opener);
    return opener;
  };

  const holds = async (
    service: string,
    leaf: ReceiptLeaf,
    receipt: Receipt,
  ): Promise<string | null> => {
    const iss = issuerOf(service);
    if (iss === null) return null;
    const parts = { sha256, openJws: openerOf(service) };
    const checked = await checkReceipt(parts, receipt, { ...leaf, iss, service });
    return checked.ok ? checked.value.receivedAt : null;
  };

  /** What a key of the service signed about itself. */
  const ownStatement = async (service: string, jws: string): Promise<ReceiptStatement | null> => {
    const opened = await openerOf(service)(jws);
    const statement = opened && statementIn(opened.payload);
    if (!statement) return null;
    const isOurs = statement.iss === issuerOf(service) && statement.service === service;
    return isOurs ? statement : null;
  };

  return {
    async receivedAs(service, { id, entryHash, signed }, receipt) {
      const { type } = receipt.leaf;
      const at = await holds(service, { id, entryHash, type, signed }, receipt);
      return at === null ? null : { at, type };
    },
    async batchReceivedAt(service, leaves, receipts) {
      const statement = await ownStatement(service, receipts[0]?.jws ?? '');
      return statement && isWholeBatch(leaves, receipts, statement) ? statement.receivedAt : null;
    },
    async treeReceivedAt(service, leaves, jws) {
      const statement = await ownStatement(service, jws);
      return statement && isTreeOver(leaves, statement) ? statement.receivedAt : null;
    },
    async prove(service, entry, deviceKeys) {
      const { receivedAt: claimedAt, receipt: given, ...sent } = entry;
      const jcs = 'decision' in sent ? canonicalJson(sent.decision) : null;
      const { link, isSigned } = checkedLink(sent, jcs, checkOf(deviceKeys));
      const signedAt = given === undefined ? null : await holds(service, leafOf(sent), given);
      return {
        jcs,
        link,
        salt: link && 'salt' in sent ? sent.salt : null,
        receipt: signedAt === null ? null : (given ?? null),
        receivedAt: signedAt ?? claimedAt,
        isProven: isSigned || signedAt !== null,
      };
    },
  };
}

function statementIn(payload: string): ReceiptStatement | null {
  try {
    const parsed = receiptStatementSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
