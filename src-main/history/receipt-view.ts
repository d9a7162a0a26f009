import { receiptStatementSchema, type Receipt } from '../../src-shared/ledger/receipt.js';
import type { HistoryReceiptView } from '../../src-shared/history-view.js';

/** What a kept receipt says; null where its statement cannot be read. It was checked before it was kept. */
export function receiptViewOf({ leaf, jws }: Receipt): HistoryReceiptView | null {
  const statement = statementIn(jws);
  if (!statement) return null;
  const { receivedAt, size } = statement;
  return { receivedAt, about: leaf.type, deviceSigned: leaf.signed, together: size };
}

/** The payload of a compact JWS is its second part, base64url (RFC 7515, section 3.1). */
function statementIn(jws: string) {
  try {
    const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
    const read = receiptStatementSchema.safeParse(JSON.parse(payload));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
