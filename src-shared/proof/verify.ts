import { fromBase64url } from '../ledger/bytes.js';
import { NotCanonicalError } from '../ledger/canonical.js';
import { signedBytesOf, type Sha256 } from '../ledger/entry.js';
import type { PublicKey, ServerKey } from '../ledger/keys.js';
import { ok, type Result } from '../result.js';
import { checkChains } from './check-entries.js';
import { checkOwner } from './check-owner.js';
import { checkReceipts, type ReceiptsCrypto } from './check-receipts.js';
import { digestOf, documentText } from './document.js';
import { idOf, type Evidence } from './evidence.js';
import type { ExportVerdict, FalseFinding, LimitFinding, OpenFinding } from './findings.js';
import { firstDifference } from './first-difference.js';
import { textHashOf, type ShownTexts } from './notices.js';
import { readExport, type ReadExport, type UnreadableExport } from './read-export.js';

export interface VerifyCrypto extends ReceiptsCrypto {
  /** Whether `signature` over `message` is that of an Ed25519 key (RFC 8032). */
  readonly isEd25519: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;
}

/**
 * Checks an export file and says what is proven, what is not, and what is false. Needs no network.
 * @param bytes of the file.
 * @param given the service's keys as they were fetched from it; null: only those in the file, whose origin nothing proves.
 */
export async function verifyExport(
  crypto: VerifyCrypto,
  bytes: Uint8Array,
  given: readonly ServerKey[] | null,
): Promise<Result<ExportVerdict, UnreadableExport>> {
  const read = readExport(bytes);
  if (!read.ok) return read;
  const { evidence, texts } = read.value.contents;
  const untrue: FalseFinding[] = checkFile(crypto.sha256, read.value, bytes);
  const open: OpenFinding[] = given === null ? [{ code: 'key-origin' }] : [];
  const limits: LimitFinding[] = [];
  const proven = { records: 0, decisions: 0, chains: 0, signatures: 0, receipts: 0, texts: 0 };
  const checkedTexts = checkTexts(crypto.sha256, texts);
  untrue.push(...checkedTexts);
  proven.texts = texts.size - checkedTexts.length;
  for (const part of evidence) {
    const chains = checkChains({ sha256: crypto.sha256, isSigned: isSignedBy(crypto, part) }, part);
    const receipts = await checkReceipts(crypto, part, given);
    untrue.push(...checkOwner(crypto.sha256, part), ...chains.untrue, ...receipts.untrue);
    open.push(...receipts.open);
    limits.push(...chains.limits, ...limitsOf(part, texts));
    const sound = part.entries.filter((entry) =>
      (entry.link ? chains.sound : receipts.sound).has(idOf(entry)),
    );
    proven.records += part.entries.length;
    proven.decisions += sound.filter(({ decision }) => decision !== null).length;
    proven.signatures += sound.filter(({ signature }) => signature !== null).length;
    proven.chains += chains.chains;
    proven.receipts += receipts.sound.size;
  }
  return ok({ untrue, open, limits, proven });
}

/** Makes the file again from its evidence and compares. */
function checkFile(
  sha256: Sha256,
  { contents, digest, body }: ReadExport,
  bytes: Uint8Array,
): FalseFinding[] {
  const found: FalseFinding[] = [];
  if (digestOf(sha256, body) !== digest) found.push({ code: 'digest-differs' });
  const text = documentText(sha256, contents);
  if (text === new TextDecoder().decode(bytes)) return found;
  const again = JSON.parse(text) as Record<string, unknown>;
  const where = firstDifference({ ...body, digest: again['digest'] }, again, '$');
  if (where !== null) found.push({ code: 'not-as-evidence', where });
  return found.length > 0 ? found : [{ code: 'reformatted' }];
}

function isSignedBy(crypto: VerifyCrypto, { deviceKeys }: Evidence) {
  return (entryHash: string, kid: string, signature: string): boolean => {
    const key = deviceKeys.find((one) => one.kid === kid);
    if (!key) return false;
    return crypto.isEd25519(key, signedBytesOf(entryHash), fromBase64url(signature));
  };
}

function checkTexts(sha256: Sha256, texts: ShownTexts): FalseFinding[] {
  return [...texts].flatMap(([hash, text]): FalseFinding[] => {
    try {
      return textHashOf(sha256, text) === hash ? [] : [{ code: 'text', sha256: hash }];
    } catch (error) {
      if (error instanceof NotCanonicalError) return [{ code: 'text', sha256: hash }];
      throw error;
    }
  });
}

function limitsOf({ entries }: Evidence, texts: ShownTexts): LimitFinding[] {
  return entries.flatMap((entry): LimitFinding[] => {
    const { decision, link, signature } = entry;
    const record = idOf(entry);
    return [
      ...(decision ? [] : [{ code: 'erased' as const, record }]),
      ...(link ? [] : [{ code: 'no-chain' as const, record }]),
      ...(link && !signature ? [{ code: 'not-signed' as const, record }] : []),
      ...(decision && !texts.has(decision.policy.sha256)
        ? [{ code: 'no-text' as const, record }]
        : []),
    ];
  });
}
