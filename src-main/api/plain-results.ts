import { pushedSchema, type PushResult } from '../../src-shared/api-contract.js';
import { PATTERNS, utcInstantSchema } from '../../src-shared/ids.js';
import { receiptLeafSchema } from '../../src-shared/ledger/receipt.js';
import { is, membersOf, type Members } from '../../src-shared/plain.js';
import type { Reader } from './request.js';

interface Pushed {
  readonly results: PushResult[];
}

const LEAF_TYPES: ReadonlySet<unknown> = new Set(receiptLeafSchema.shape.type.options);
const MOST_RESULTS = 500;
const LONGEST_PATH = 40;
const LONGEST_JWS = 2000;

/**
 * Reads the answer to a push. One in which everything was taken, each with its receipt and with nothing that is not known, is told
 * without its schema, in a fraction of the time; anything else goes by the schema. A test holds the two against each other.
 */
export const pushedReader: Reader<Pushed> = {
  safeParse: (answer) =>
    isPlain(answer) ? { success: true, data: answer } : pushedSchema.safeParse(answer),
};

/** @param answer made by `JSON.parse`. */
export function isPlain(answer: unknown): answer is Pushed {
  const results = onlyMembersOf(answer, 1)?.['results'];
  if (!Array.isArray(results) || results.length > MOST_RESULTS) return false;
  // Nearly always one and the same moment.
  const moments = new Set<unknown>();
  return results.every((result: unknown) => {
    const members = onlyMembersOf(result, 4);
    if (!members) return false;
    const { id, status, receivedAt, receipt } = members;
    if (!moments.has(receivedAt)) {
      if (!utcInstantSchema.safeParse(receivedAt).success) return false;
      moments.add(receivedAt);
    }
    return (
      is(PATTERNS.uuidV7, id) &&
      (status === 'received' || status === 'repeated') &&
      isPlainReceipt(receipt)
    );
  });
}

function isPlainReceipt(value: unknown): boolean {
  const { leaf, index, path, jws } = onlyMembersOf(value, 4) ?? {};
  const { id, entryHash, type, signed } = onlyMembersOf(leaf, 4) ?? {};
  return (
    is(PATTERNS.uuidV7, id) &&
    is(PATTERNS.sha256, entryHash) &&
    LEAF_TYPES.has(type) &&
    typeof signed === 'boolean' &&
    Number.isSafeInteger(index) &&
    Number(index) >= 0 &&
    Array.isArray(path) &&
    path.length <= LONGEST_PATH &&
    path.every((node: unknown) => is(PATTERNS.sha256, node)) &&
    typeof jws === 'string' &&
    jws.length <= LONGEST_JWS
  );
}

/** The members of an object that has so many; all that are asked for have to be there, so that there are none but them. */
function onlyMembersOf(value: unknown, count: number): Members | null {
  const members = membersOf(value);
  return members && Object.keys(members).length === count ? members : null;
}
