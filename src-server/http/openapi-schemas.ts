import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { $ZodType, JSONSchema } from 'zod/v4/core';
import { entrySchema, MAX_ENTRIES_PER_REQUEST } from '../../src-shared/api-contract.js';

/** A push validates its entries one by one after the body, but a reader of the document wants to know what they are. */
export const documentedPush = z.object({
  entries: z.array(entrySchema).min(1).max(MAX_ENTRIES_PER_REQUEST),
});

/** What a push may be told by a header. It is not checked, since a preference that is not known changes nothing. */
export const documentedPreference = z.object({
  prefer: z.string().max(200).optional().describe('`return=minimal`, see RFC 7240.'),
});

/** Turns the schemas of a call into those of the document. */
export const toDocumented = createJsonSchemaTransform({
  zodToJsonConfig: { override: describeOneSchema },
});

/** What the conversion would leave out or say in a form that OpenAPI reads otherwise. */
function describeOneSchema({
  zodSchema,
  jsonSchema,
}: {
  readonly zodSchema: $ZodType;
  readonly jsonSchema: JSONSchema.BaseSchema;
}): void {
  const { type } = zodSchema._zod.def;
  // An answer without a body: the generator leaves its content out for this.
  if (type === 'undefined') jsonSchema.type = 'null';
  // Records that are looked at before they are read (see `byPurpose`): what matters is what they are read as.
  if (zodSchema instanceof z.ZodPipe && Object.keys(jsonSchema).length === 0) {
    const read = z.toJSONSchema(zodSchema.def.out as z.ZodType, { io: 'input' });
    for (const [name, value] of Object.entries(read)) {
      if (name !== '$schema' && name !== '~standard') jsonSchema[name] = value;
    }
  }
}
