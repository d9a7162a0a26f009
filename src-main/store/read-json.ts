import type { z } from 'zod';

/** The value of a JSON text that fits `schema`; null for anything else, so that one damaged row does not hide the others. */
export function readJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): z.infer<Schema> | null {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
