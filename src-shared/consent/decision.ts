import { z } from 'zod';
import {
  languageTagSchema,
  opaqueIdSchema,
  purposeIdSchema,
  serviceIdSchema,
  sha256HexSchema,
  utcInstantSchema,
  uuidV7Schema,
} from '../ids.js';
import { SALE_OR_SHARING } from './purpose-kind.js';

/** Stands for every purpose, also those this device has not heard of. Only a denial may name it. */
export const EVERY_PURPOSE = '*';

export const choiceSchema = z.enum(['granted', 'denied']);
/** What the person said about one purpose. */
export type Choice = z.infer<typeof choiceSchema>;

export const actionSchema = z.enum([
  'accept-all',
  'necessary-only',
  'save',
  'withdraw',
  'signal',
  'acknowledge',
]);
/** The act by which the person said it. */
export type Action = z.infer<typeof actionSchema>;

export const surfaceSchema = z.enum(['banner', 'settings', 'notice', 'import']);
/** Where on the screen the person said it. */
export type Surface = z.infer<typeof surfaceSchema>;

/** Most decisions that one decision may take the place of, for each purpose. */
export const MAX_SUPERSEDED = 1000;

const purposeOrEverySchema = z.union([purposeIdSchema, z.literal(EVERY_PURPOSE)]);

/** The policy text that stood on the screen (GDPR Art. 7(1): who relies on consent must be able to show what was agreed to). */
export const shownPolicySchema = z.strictObject({
  version: z.string().min(1).max(64),
  lang: languageTagSchema,
  sha256: sha256HexSchema,
});
export type ShownPolicy = z.infer<typeof shownPolicySchema>;

/**
 * A record by purpose. Records drop a member named `__proto__` unseen, and what is dropped would no longer be what was
 * said, so it is refused before the record is read.
 */
function byPurpose<Value extends z.ZodType>(value: Value) {
  const noProto = z
    .unknown()
    .refine((input) => !hasProto(input), { error: 'has a member named __proto__', abort: true });
  return noProto.pipe(z.record(purposeOrEverySchema, value));
}

function hasProto(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__');
}

/** By purpose, the ids a decision takes the place of. */
export const supersedesSchema = byPurpose(z.array(uuidV7Schema).max(MAX_SUPERSEDED));

const decisionShape = z.strictObject({
  v: z.literal(1),
  id: uuidV7Schema,
  service: serviceIdSchema,
  subject: opaqueIdSchema.nullable(),
  device: opaqueIdSchema,
  seq: z.int().min(1),
  at: utcInstantSchema,
  clockOffsetMs: z.int().optional(),
  action: actionSchema,
  surface: surfaceSchema,
  choices: byPurpose(choiceSchema),
  supersedes: supersedesSchema,
  policy: shownPolicySchema,
});

/**
 * One act of the person, said once and never edited. Unknown members are refused rather than dropped, because what is
 * dropped would no longer be what was said (and later hashed).
 */
export const decisionSchema = decisionShape.superRefine((decision, context) => {
  for (const message of contradictionsIn(decision)) context.addIssue({ code: 'custom', message });
});
export type Decision = z.infer<typeof decisionShape>;

/**
 * The ways in which `action` and `choices` do not agree, in words; none when they do.
 * `accept-all` only grants, and nothing to sale or sharing; `necessary-only`, `withdraw` and `signal` only deny, at least one; a `save` is all grants or
 * all denials; `acknowledge` says nothing about any purpose and so is never consent; `*` never grants.
 */
export function contradictionsIn(decision: Pick<Decision, 'action' | 'choices'>): string[] {
  const said = Object.values(decision.choices);
  const found: string[] = [];
  if (decision.choices[EVERY_PURPOSE] === 'granted') found.push('`*` never grants');
  switch (decision.action) {
    case 'acknowledge':
      if (said.length > 0) found.push('`acknowledge` has no choices');
      return found;
    case 'accept-all':
      if (said.includes('denied')) found.push('`accept-all` only grants');
      if (Object.hasOwn(decision.choices, SALE_OR_SHARING)) {
        found.push(`\`accept-all\` never speaks of \`${SALE_OR_SHARING}\``);
      }
      break;
    case 'save':
      if (new Set(said).size > 1) found.push('grants and denials are two decisions');
      break;
    default:
      if (said.includes('granted')) found.push(`\`${decision.action}\` only denies`);
  }
  if (said.length === 0) found.push(`\`${decision.action}\` needs at least one choice`);
  return found;
}

/** Whether the decision denies: it has a choice, and every one is a denial. */
export function onlyDenies(decision: Pick<Decision, 'choices'>): boolean {
  const said = Object.values(decision.choices);
  return said.length > 0 && said.every((choice) => choice === 'denied');
}
