import { z } from 'zod';
import { decisionSchema, EVERY_PURPOSE, supersedesSchema } from '../consent/decision.js';
import {
  base64url32Schema,
  ed25519SignatureSchema,
  opaqueIdSchema,
  purposeIdSchema,
  serviceIdSchema,
  sha256HexSchema,
  utcInstantSchema,
  uuidV7Schema,
} from '../ids.js';
import { deviceKeySchema, serverKeySchema } from '../ledger/keys.js';
import { receiptSchema } from '../ledger/receipt.js';
import { labelSchema, sectionSchema } from '../policy-text.js';
import type { ExportEntry } from './types.js';

const remainsSchema = z.strictObject({
  id: uuidV7Schema,
  purposes: z.array(z.union([purposeIdSchema, z.literal(EVERY_PURPOSE)])).max(50),
  supersedes: supersedesSchema,
});

const linkSchema = z.strictObject({
  chain: opaqueIdSchema,
  seq: z.int().min(1),
  prev: sha256HexSchema,
  payloadHash: sha256HexSchema,
  entryHash: sha256HexSchema,
});

const entryShape = z.strictObject({
  decision: decisionSchema.nullable(),
  remains: remainsSchema.nullable(),
  salt: base64url32Schema.nullable(),
  link: linkSchema.nullable(),
  signature: z
    .strictObject({ kid: base64url32Schema, signature: ed25519SignatureSchema })
    .nullable(),
  receivedAt: utcInstantSchema.nullable(),
  receipt: receiptSchema.nullable(),
});

/**
 * One entry with all that proves it. A decision and what is left of an erased one exclude each other; a salt belongs to
 * a decision in a chain.
 */
export const evidenceEntrySchema = entryShape.refine(
  ({ decision, remains, salt, link, signature }) =>
    (decision === null) !== (remains === null) &&
    (salt !== null) === (decision !== null && link !== null) &&
    (signature === null || link !== null),
  'its parts do not fit together',
);
export type EvidenceEntry = z.infer<typeof evidenceEntrySchema>;

/** Everything of one service and subject that the readable part of an export is made from, but for the texts shown. */
export const evidenceSchema = z.strictObject({
  service: z.strictObject({
    id: serviceIdSchema,
    name: z.string().min(1).max(60),
    publisher: z.string().min(1).max(120),
    baseAddress: z.url().max(2000),
  }),
  subject: z.strictObject({ kind: z.enum(['account', 'device']), id: opaqueIdSchema }),
  entries: z.array(evidenceEntrySchema),
  serverKeys: z.array(serverKeySchema.strict()),
  deviceKeys: z.array(deviceKeySchema.strict()),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What the person read: the hashed part of a policy version. */
export const shownTextSchema = z.strictObject({
  label: labelSchema,
  sections: z.array(sectionSchema),
});
export type ShownText = z.infer<typeof shownTextSchema>;

type Said = Pick<ExportEntry, 'decision' | 'remains'>;

/** The id of an entry: that of its decision, also once that was erased. */
export function idOf({ decision, remains }: Said): string {
  return decision?.id ?? remains?.id ?? '';
}

/** The purposes an entry speaks of, `*` among them where it speaks of every one. */
export function purposesOf({ decision, remains }: Said): readonly string[] {
  return decision ? Object.keys(decision.choices).toSorted() : (remains?.purposes ?? []);
}
