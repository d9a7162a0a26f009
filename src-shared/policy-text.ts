import { z } from 'zod';
import { languageTagSchema, purposeIdSchema, utcInstantSchema, calendarDaySchema } from './ids.js';

const lineSchema = z.string().min(1).max(400);
const textSchema = z.string().min(1).max(4000);

/** How long something is kept, in words, and the longest in days where the policy names one (null: for the session only, or as long as the text says). */
export const retentionSchema = z.strictObject({
  text: lineSchema,
  longestDays: z.int().min(0).max(36_500).nullable(),
});
export type Retention = z.infer<typeof retentionSchema>;

export const purposeKindSchema = z.enum(['necessary', 'optional', 'opt-out']);
/**
 * `necessary` is always on and says why; `optional` is the person's to decide and asked about. `opt-out` is theirs too, and never
 * asked about: a control of its own says no in one press and yes only after two confirmations (CCPA 7026, 7028).
 */
export type PurposeKind = z.infer<typeof purposeKindSchema>;

/** One purpose as the person reads it before choosing (GDPR Art. 13(1)(c), (e), 13(2)(a)). */
export const labelPurposeSchema = z.strictObject({
  id: purposeIdSchema,
  kind: purposeKindSchema,
  /** The name of its row and switch, such as "Analytics". */
  name: z.string().min(1).max(60),
  /** What happens when it is on, in one sentence. */
  what: lineSchema,
  /** Why the service wants it or, when necessary, why it cannot be turned off. */
  why: lineSchema,
  /** Kinds of data, such as "pages opened"; empty when none is used today. */
  data: z.array(lineSchema).max(50),
  /** Who gets the data apart from the publisher; empty: nobody. */
  recipients: z.array(lineSchema).max(50),
  retention: retentionSchema,
});
export type LabelPurpose = z.infer<typeof labelPurposeSchema>;

/** Something the service says it stores on the person's device. */
export const declaredItemSchema = z.strictObject({
  name: z.string().min(1).max(200),
  purpose: purposeIdSchema,
  storage: z.enum(['cookie', 'local-storage', 'session-storage', 'app']),
  what: lineSchema,
  retention: retentionSchema,
});
export type DeclaredItem = z.infer<typeof declaredItemSchema>;

export const contactSchema = z.strictObject({
  /** What to write there about, such as "Your data". */
  about: z.string().min(1).max(120),
  /** An e-mail address, or null where the policy names only people. */
  email: z.email().nullable(),
  text: lineSchema,
});

/** The policy as a card: who, what, why, how long, with whom, how to withdraw. */
export const labelSchema = z.strictObject({
  publisher: z.string().min(1).max(120),
  summary: lineSchema,
  purposes: z.array(labelPurposeSchema).min(1).max(50),
  items: z.array(declaredItemSchema).max(500),
  /** Other companies that may act or store something, and when. Empty: none. */
  thirdParties: z
    .array(z.strictObject({ name: z.string().min(1).max(120), what: lineSchema }))
    .max(200),
  /** What the service says it does not do, one plain statement each. */
  notDone: z.array(lineSchema).max(50),
  howToWithdraw: lineSchema,
  contacts: z.array(contactSchema).min(1).max(10),
});
export type Label = z.infer<typeof labelSchema>;

const blockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paragraph'), text: textSchema }),
  z.strictObject({ kind: z.literal('list'), items: z.array(textSchema).min(1).max(100) }),
]);
export type Block = z.infer<typeof blockSchema>;

/** A part of the policy: plain text, never HTML, so that nothing in it can act. */
export const sectionSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  heading: z.string().min(1).max(200),
  blocks: z.array(blockSchema).min(1).max(200),
});
export type Section = z.infer<typeof sectionSchema>;

/** One change against the version before. */
export const changeSchema = z.strictObject({
  kind: z.enum(['purpose', 'recipient', 'host', 'data', 'item', 'retention', 'wording']),
  purposes: z.array(purposeIdSchema).max(50),
  material: z.boolean(),
  summary: lineSchema,
});
export type Change = z.infer<typeof changeSchema>;

/** One version of a policy in one language, as it lies in `resources/services/<id>/policy/<version>.<lang>.json`. */
export const policyTextSchema = z.strictObject({
  version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/),
  lang: languageTagSchema,
  /** The day printed on the policy. */
  dated: calendarDaySchema,
  effectiveAt: utcInstantSchema,
  changes: z.array(changeSchema).max(100),
  label: labelSchema,
  sections: z.array(sectionSchema).min(1).max(500),
});
export type PolicyText = z.infer<typeof policyTextSchema>;
