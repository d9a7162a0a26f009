import { z } from 'zod';
import { purposeIdSchema, sha256HexSchema, utcInstantSchema, uuidV7Schema } from '../ids.js';
import { parseStrictJsonBytes } from '../ledger/strict-json.js';
import { failed, ok, type Result } from '../result.js';
import { EXPORT_FORMAT, inOneOrder, MAX_EXPORT_BYTES, type ExportContents } from './document.js';
import { evidenceSchema, shownTextSchema } from './evidence.js';

/** The parts of the file that its readable rest is made from. Only these are read; the rest is made again and compared. */
const frameSchema = z.looseObject({
  format: z.literal(EXPORT_FORMAT),
  created: utcInstantSchema,
  only_purpose: purposeIdSchema.optional(),
  only_decision: uuidV7Schema.optional(),
  parts: z.array(
    z.looseObject({
      notices: z.array(z.looseObject({ sha256: sha256HexSchema, text: shownTextSchema })),
    }),
  ),
  evidence: z.array(evidenceSchema).min(1),
  digest: sha256HexSchema,
});

/** An export as it was read: nothing of it is checked yet. */
export interface ReadExport {
  readonly contents: ExportContents;
  readonly digest: string;
  /** The whole document as it was written, but for its digest. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Why a file cannot be read as an export: the place, and what is wrong there. */
export interface UnreadableExport {
  readonly where: string;
  readonly reason: string;
}

/** Reads the bytes of a file as an export. */
export function readExport(bytes: Uint8Array): Result<ReadExport, UnreadableExport> {
  const json = parseStrictJsonBytes(bytes, { maxBytes: MAX_EXPORT_BYTES });
  if (!json.ok) {
    const { path, at, reason } = json.error;
    return failed({ where: `${path}, character ${at}`, reason: reason.replaceAll('-', ' ') });
  }
  const read = frameSchema.safeParse(inOneOrder(json.value));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = `$.${(issue?.path ?? []).join('.')}`;
    return failed({ where, reason: issue?.message ?? 'is not an export' });
  }
  const { digest, evidence, parts, created, only_purpose, only_decision } = read.data;
  return ok({
    digest,
    body: bodyOf(json.value as Readonly<Record<string, unknown>>),
    contents: {
      generatedAt: created,
      filter: {
        ...(only_purpose === undefined ? {} : { purpose: only_purpose }),
        ...(only_decision === undefined ? {} : { decisionId: only_decision }),
      },
      evidence,
      texts: new Map(
        parts.flatMap(({ notices }) => notices.map(({ sha256, text }) => [sha256, text] as const)),
      ),
    },
  });
}

/** @param document known to be an object, because the frame was read from it. */
function bodyOf(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'digest'));
}
