import type { Entry } from '../../src-shared/api-contract.js';
import { canonicalJson } from '../../src-shared/ledger/canonical.js';
import {
  bareHashOf,
  decisionTypeOf,
  entryHashOf,
  payloadHashOf,
} from '../../src-shared/ledger/entry.js';
import type { DeviceKey } from '../../src-shared/ledger/keys.js';
import type { ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import { createSignatureCheck, sha256 } from '../crypto/index.js';
import type { EntryLink } from '../store/index.js';

/** What the receipt of an entry has to be about. */
export function leafOf(entry: Entry): ReceiptLeaf {
  const signed = 'signature' in entry && entry.signature !== undefined;
  if (!('decision' in entry))
    return { id: entry.id, entryHash: entry.entryHash, type: 'header', signed };
  const { decision } = entry;
  const entryHash =
    'entryHash' in entry ? entry.entryHash : bareHashOf(sha256, canonicalJson(decision));
  return { id: decision.id, entryHash, type: decisionTypeOf(decision), signed };
}

/** @param device null: any of the keys will do, as a header does not say whose it is. */
type SignatureCheck = (
  device: string | null,
  entryHash: string,
  kid: string,
  signature: string,
) => boolean;

/** Prepares each key once for all the entries that come with it. */
export function createSignatureChecks(): (keys: readonly DeviceKey[]) => SignatureCheck {
  const known = new WeakMap<readonly DeviceKey[], SignatureCheck>();
  return (keys) => {
    const found = known.get(keys);
    if (found) return found;
    const check = createSignatureCheck(new Map(keys.map((key) => [key.kid, key])));
    const devices = new Set(keys.map(({ device, kid }) => `${device} ${kid}`));
    const fresh: SignatureCheck = (device, entryHash, kid, signature) =>
      (device === null || devices.has(`${device} ${kid}`)) && check(entryHash, kid, signature);
    known.set(keys, fresh);
    return fresh;
  };
}

/** The place of an entry, if its hash is that of the rest, and whether the device's own signature vouches for it. */
export function checkedLink(
  entry: Entry,
  jcs: string | null,
  check: SignatureCheck,
): { readonly link: EntryLink | null; readonly isSigned: boolean } {
  if (!('chain' in entry)) return { link: null, isSigned: false };
  const { chain, prev, entryHash, kid, signature } = entry;
  const payloadHash =
    'payloadHash' in entry ? entry.payloadHash : payloadHashOf(sha256, entry.salt, jcs ?? '');
  const seq = 'seq' in entry ? entry.seq : entry.decision.seq;
  if (entryHashOf(sha256, { v: 1, chain, seq, prev, payloadHash }) !== entryHash) {
    return { link: null, isSigned: false };
  }
  const device = 'decision' in entry ? entry.decision.device : null;
  const isSigned =
    kid !== undefined && signature !== undefined && check(device, entryHash, kid, signature);
  const kept = isSigned ? { kid, signature } : null;
  return { link: { chain, prev, payloadHash, entryHash, signature: kept }, isSigned };
}
