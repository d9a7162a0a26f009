import { fromBase64url } from '../ledger/bytes.js';
import { bareHashOf, decisionTypeOf, type Sha256 } from '../ledger/entry.js';
import type { ServerKey } from '../ledger/keys.js';
import { checkReceipt, type ExpectedReceipt, type Receipt } from '../ledger/receipt.js';
import { parseStrictJsonBytes } from '../ledger/strict-json.js';
import { jcsOf } from './check-entries.js';
import { idOf, type Evidence, type EvidenceEntry } from './evidence.js';
import type { FalseFinding, OpenFinding } from './findings.js';

export interface ReceiptsCrypto {
  readonly sha256: Sha256;
  /** The payload of a compact JWS if `key` signed it with Ed25519 and its `typ` is that of a receipt; else null. */
  readonly openJws: (jws: string, key: ServerKey) => Promise<string | null>;
}

/** What checking the receipts of an export found. */
export interface CheckedReceipts {
  readonly untrue: FalseFinding[];
  readonly open: OpenFinding[];
  /** Ids of the entries whose receipt holds. */
  readonly sound: ReadonlySet<string>;
}

/**
 * Checks that the service took each entry, and when.
 * @param given the service's keys from elsewhere; null: there are only the file's own.
 */
export async function checkReceipts(
  crypto: ReceiptsCrypto,
  evidence: Evidence,
  given: readonly ServerKey[] | null,
): Promise<CheckedReceipts> {
  const untrue: FalseFinding[] = [];
  const open: OpenFinding[] = [];
  const sound = new Set<string>();
  const keys = given ?? evidence.serverKeys;
  for (const entry of evidence.entries) {
    const record = idOf(entry);
    const { receipt, receivedAt } = entry;
    if (!receipt) {
      open.push({ code: 'no-receipt', record });
      continue;
    }
    const key = keys.find(({ kid }) => kid === kidOf(receipt.jws));
    if (!key && given === null) {
      open.push({ code: 'no-key', record });
      continue;
    }
    const openJws = async (jws: string): Promise<{ payload: string; kid: string } | null> => {
      const payload = key ? await crypto.openJws(jws, key) : null;
      return key && payload !== null ? { payload, kid: key.kid } : null;
    };
    const ports = { sha256: crypto.sha256, openJws };
    const checked = await checkReceipt(ports, receipt, expectedOf(crypto.sha256, evidence, entry));
    if (!checked.ok) untrue.push({ code: 'receipt', record, fault: checked.error });
    else if (receivedAt !== null && receivedAt !== checked.value.receivedAt) {
      untrue.push({ code: 'received-at', record });
    } else sound.add(record);
  }
  return { untrue, open, sound };
}

/** What a receipt of this entry has to say. */
function expectedOf(sha256: Sha256, { service }: Evidence, entry: EvidenceEntry): ExpectedReceipt {
  const { decision, link, signature, receipt } = entry;
  const bare = decision && jcsOf(decision);
  const entryHash = link?.entryHash ?? (bare === null ? null : bareHashOf(sha256, bare));
  return {
    iss: service.baseAddress,
    service: service.id,
    id: idOf(entry),
    // Neither hash nor type can be asked of a decision that was erased: there the receipt is believed as it stands.
    entryHash: entryHash ?? receipt?.leaf.entryHash ?? '',
    type: decision ? decisionTypeOf(decision) : (receipt?.leaf.type ?? 'header'),
    signed: signature !== null,
  };
}

/** The key that a JWS says it was signed by; null where it names none. */
function kidOf(jws: Receipt['jws']): string | null {
  const [header = ''] = jws.split('.');
  try {
    const read = parseStrictJsonBytes(fromBase64url(header), { maxBytes: 2000 });
    const value = read.ok ? read.value : null;
    if (typeof value !== 'object' || value === null || !('kid' in value)) return null;
    return typeof value.kid === 'string' ? value.kid : null;
  } catch {
    // What is no base64url names no key.
    return null;
  }
}
