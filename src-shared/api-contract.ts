import { z } from 'zod';
import { decisionSchema, EVERY_PURPOSE, supersedesSchema } from './consent/decision.js';
import {
  base64url32Schema,
  ed25519SignatureSchema,
  languageTagSchema,
  opaqueIdSchema,
  purposeIdSchema,
  sha256HexSchema,
  utcInstantSchema,
  uuidV7Schema,
} from './ids.js';
import { deviceKeySchema, publicKeySchema } from './ledger/keys.js';
import { receiptSchema } from './ledger/receipt.js';
import { changeSchema, labelSchema, sectionSchema } from './policy-text.js';

/** Largest JSON body either side sends or reads, in bytes. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Most entries in one request. */
export const MAX_ENTRIES_PER_REQUEST = 500;
/** Longest life of a session, in days. */
export const SESSION_LIFE_DAYS = 30;

/** The `type` of every error the server answers with: stable, and what clients decide by (RFC 9457). */
export const PROBLEM_TYPES = [
  'bad-request',
  'body-too-large',
  'account-exists',
  'bad-credentials',
  'sign-in-not-fresh',
  'other-person',
  'too-many-requests',
  'session-missing',
  'session-expired',
  'session-ended',
  'not-found',
  'cursor-expired',
  'decision-conflict',
  'chain-fork',
  'decision-not-yours',
  'decision-malformed',
  'decision-unproven',
  'policy-unknown',
  'unavailable',
  'internal',
] as const;
export const problemTypeSchema = z.enum(PROBLEM_TYPES);
export type ProblemType = z.infer<typeof problemTypeSchema>;

/** `application/problem+json` (RFC 9457). Unknown types are allowed here, so that a newer server is still understood. */
export const problemSchema = z.object({
  type: z.string().max(200),
  title: z.string().max(400),
  status: z.int().min(400).max(599),
  detail: z.string().max(4000).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** `PUT /v1/account/password`: ends every other session of the account. */
export const passwordChangeSchema = z.object({
  currentPassword: z.string().max(1024),
  newPassword: z.string().min(8).max(1024),
});

export const accountSchema = z.object({ id: opaqueIdSchema, email: z.string().max(320) });
export type Account = z.infer<typeof accountSchema>;

export const credentialsSchema = z.object({
  email: z.email().max(320),
  password: z.string().min(8).max(1024),
});
export const newAccountSchema = z.object({ account: accountSchema });

export const signInSchema = z.object({
  email: z.string().max(320),
  password: z.string().max(1024),
  device: z.object({
    id: opaqueIdSchema,
    name: z.string().min(1).max(120),
    /** The device's Ed25519 key: from then on the server takes no unsigned grant from it. */
    publicKey: publicKeySchema.optional(),
  }),
  remember: z.boolean(),
  /** base64url SHA-256 of the 32 bytes of a handle that can end this session and nothing else. */
  revokeHash: base64url32Schema.optional(),
});
export type SignIn = z.infer<typeof signInSchema>;

export const newSessionSchema = z.object({
  /** 32 random bytes, base64url: opaque, shown once, kept by the server only as a hash. */
  token: base64url32Schema,
  sessionId: opaqueIdSchema,
  expiresAt: utcInstantSchema,
  account: accountSchema,
});
export type NewSession = z.infer<typeof newSessionSchema>;

export const sessionInfoSchema = z.object({
  account: accountSchema,
  sessionId: opaqueIdSchema,
  expiresAt: utcInstantSchema,
});
export type SessionInfo = z.infer<typeof sessionInfoSchema>;

export const sessionListSchema = z.object({
  sessions: z.array(
    z.object({
      id: opaqueIdSchema,
      deviceName: z.string(),
      current: z.boolean(),
      createdAt: utcInstantSchema,
      lastUsedAt: utcInstantSchema,
      expiresAt: utcInstantSchema,
    }),
  ),
});

export const revokeSchema = z.object({ handle: base64url32Schema });
export const revokedSchema = z.object({ ended: z.boolean() });

/** The place of an entry in its chain, and the device's signature over it. */
const linkShape = {
  chain: opaqueIdSchema,
  prev: sha256HexSchema,
  entryHash: sha256HexSchema,
  kid: base64url32Schema.optional(),
  signature: ed25519SignatureSchema.optional(),
};
/** A decision alone, from a client that keeps no chain. */
const bareEntrySchema = z.strictObject({ decision: decisionSchema });
const chainedEntrySchema = z.strictObject({
  decision: decisionSchema,
  salt: base64url32Schema,
  ...linkShape,
});
/** What is left of an erased, refused or discarded decision: it keeps its chain without gaps. */
export const headerEntrySchema = z.strictObject({
  id: uuidV7Schema,
  seq: z.int().min(1),
  payloadHash: sha256HexSchema,
  purposes: z.array(z.union([purposeIdSchema, z.literal(EVERY_PURPOSE)])).max(50),
  supersedes: supersedesSchema,
  /**
   * Sent only: the words are not gone, they wait on the device for a sign-in. The server takes the whole entry in the place of
   * such a header later; in the place of any other header it takes nothing. Never in an answer.
   */
  held: z.literal(true).optional(),
  ...linkShape,
});
export type HeaderEntry = z.infer<typeof headerEntrySchema>;
/** What travels for one decision. */
export const entrySchema = z.union([chainedEntrySchema, bareEntrySchema, headerEntrySchema]);
export type Entry = z.infer<typeof entrySchema>;

/** Entries are checked one by one after this, so that one bad entry does not spoil a batch. */
export const pushSchema = z.object({
  entries: z.array(z.unknown()).min(1).max(MAX_ENTRIES_PER_REQUEST),
});

export const pushResultSchema = z.object({
  /** The decision's id, or null where the entry was too broken to have one; results stand in the order of the entries. */
  id: uuidV7Schema.nullable(),
  status: z.enum(['received', 'repeated', 'refused']),
  receivedAt: utcInstantSchema.optional(),
  /** The same, byte for byte, however often the decision is sent. */
  receipt: receiptSchema.optional(),
  problem: problemSchema.optional(),
});
export type PushResult = z.infer<typeof pushResultSchema>;
export const pushedSchema = z.object({ results: z.array(pushResultSchema).max(500) });

export const cursorSchema = z.string().regex(/^[A-Za-z0-9_-]{0,64}$/);
export const pullQuerySchema = z.object({
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

const receivedShape = { receivedAt: utcInstantSchema, receipt: receiptSchema.optional() };
export const pulledEntrySchema = z.union([
  chainedEntrySchema.extend(receivedShape),
  bareEntrySchema.extend(receivedShape),
  headerEntrySchema.extend(receivedShape),
]);
export type PulledEntry = z.infer<typeof pulledEntrySchema>;

export const pulledSchema = z.object({
  entries: z.array(pulledEntrySchema).max(500),
  /** Public keys of the account's devices, past ones too. */
  keys: z.array(deviceKeySchema).max(1000),
  flags: z.object({ optOutSignal: z.boolean() }),
  cursor: cursorSchema,
  more: z.boolean(),
});
export type Pulled = z.infer<typeof pulledSchema>;

/**
 * What `GET /v1/events` (`text/event-stream`) carries: the name of each event and its data. An event's `id` is the cursor of the
 * newest decision it knows of, so that `Last-Event-ID` after a break brings what was missed.
 */
export const eventSchemas = {
  /** There is something to pull. */
  decisions: z.object({ cursor: cursorSchema }),
  /** Another policy version has been published. */
  policy: z.object({ version: z.string().max(64) }),
  /** The last event of a stream. */
  'session-ended': z.object({ reason: z.enum(['ended', 'expired']) }),
} as const;
export type ServerEventName = keyof typeof eventSchemas;

export const policyQuerySchema = z.object({
  version: z.string().max(64).optional(),
  lang: languageTagSchema.optional(),
});
export const policyAnswerSchema = z.object({
  version: z.string(),
  lang: languageTagSchema,
  sha256: sha256HexSchema,
  effectiveAt: utcInstantSchema,
  changes: z.array(changeSchema),
  label: labelSchema,
  sections: z.array(sectionSchema),
  /** The version before this one; null for the first. A client that has missed one asks for it by name. */
  previous: z.string().nullable().optional(),
});
export type PolicyAnswer = z.infer<typeof policyAnswerSchema>;
