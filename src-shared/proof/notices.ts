import { fromHex, toBase64url, toHex, utf8 } from '../ledger/bytes.js';
import type { Sha256 } from '../ledger/entry.js';
import { policyHashInput } from '../ledger/policy-hash.js';
import type { Evidence, ShownText } from './evidence.js';

/** The texts of an export by their SHA-256 in lower-case hexadecimal. */
export type ShownTexts = ReadonlyMap<string, ShownText>;

/** Names a text by its own hash (RFC 6920), so that the same text shown often stands in an export once. */
export function noticeIdOf(sha256: string): string {
  return `ni:///sha-256;${toBase64url(fromHex(sha256))}`;
}

/** The hash under which decisions name a text. */
export function textHashOf(sha256: Sha256, text: ShownText): string {
  return toHex(sha256(utf8(policyHashInput(text))));
}

/** The texts that the decisions of an export name and that are known, in the order of their hashes. */
export function noticesOf({ entries }: Evidence, texts: ShownTexts): object[] {
  const named = new Set(entries.flatMap(({ decision }) => decision?.policy.sha256 ?? []));
  return [...named].toSorted().flatMap((sha256) => {
    const text = texts.get(sha256);
    return text ? [{ id: noticeIdOf(sha256), type: 'ConsentNotice', sha256, text }] : [];
  });
}
