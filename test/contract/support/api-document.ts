import { z } from 'zod';
import { bodyOf, call } from '../../integration/server/support/client.js';

/** A JSON Schema (2020-12) as OpenAPI 3.1 carries it; only what a generator of values looks at. */
export interface JsonSchema {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: boolean | JsonSchema | undefined;
  readonly propertyNames?: JsonSchema | undefined;
  readonly items?: JsonSchema | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
}

const jsonSchema = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonSchema>;
const contentSchema = z.record(z.string(), z.object({ schema: jsonSchema.optional() }));
const operationSchema = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), schema: jsonSchema }))
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ content: contentSchema.optional() })),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

/** One call as the document describes it. */
export type Operation = z.infer<typeof operationSchema> & {
  /** In capitals. */
  readonly method: string;
  /** With `{names}` where parameters stand. */
  readonly path: string;
};

/** Whether a good answer to this call is a stream that does not end by itself. */
export function isStream({ responses }: Operation): boolean {
  return Object.values(responses).some(({ content }) => content?.['text/event-stream']);
}

/** Every call that the OpenAPI document at `base` describes. */
export async function operationsAt(base: string): Promise<Operation[]> {
  const { paths } = bodyOf(await call(`${base}/openapi.json`), documentSchema);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
}
