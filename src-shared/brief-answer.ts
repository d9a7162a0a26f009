import { z } from 'zod';
import { utcInstantSchema } from './ids.js';

/** The preference (RFC 7240, section 4.2) by which a client says that it can do with a {@link BriefAnswer} to a push. */
export const BRIEF_PREFERENCE = 'return=minimal';

/** The answer to a push of which every entry was received for the first time, to who prefers it. */
export const briefAnswerSchema = z.strictObject({
  batch: z.strictObject({
    receivedAt: utcInstantSchema,
    /** The signature of all receipts. Their leaves are the entries in their order, from which the rest of each follows. */
    jws: z.string().max(2000),
  }),
});
export type BriefAnswer = z.infer<typeof briefAnswerSchema>;
