import { createVerifyCrypto } from '../../../../scripts/verify/crypto.mjs';
import type { ServerKey } from '../../../../src-shared/ledger/keys.js';
import { RECEIPT_TYPE } from '../../../../src-shared/ledger/receipt.js';
import { exportDocument } from '../../../../src-shared/proof/export.js';
import type { ExportVerdict } from '../../../../src-shared/proof/findings.js';
import type { ExportFilter, ExportInput } from '../../../../src-shared/proof/types.js';
import { verifyExport } from '../../../../src-shared/proof/verify.js';
import { sha256 } from './keys.js';
import { SERVER } from './ledger-of.js';

export const CRYPTO = createVerifyCrypto(RECEIPT_TYPE);
/** The service's keys as they were fetched from the service. */
export const GIVEN: readonly ServerKey[] = [{ ...SERVER.publicKey, kid: SERVER.kid }];

export function check(text: string | Uint8Array, given: readonly ServerKey[] | null = GIVEN) {
  return verifyExport(CRYPTO, Buffer.from(text), given);
}

/** The verdict on an export of this input; it has to be readable. */
export async function verdictOn(
  input: ExportInput,
  given: readonly ServerKey[] | null = GIVEN,
  filter: ExportFilter = {},
): Promise<ExportVerdict> {
  const checked = await check(exportDocument(sha256, [input], filter), given);
  if (!checked.ok) throw new Error(`${checked.error.where}: ${checked.error.reason}`);
  return checked.value;
}
