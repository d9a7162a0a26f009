import { z } from 'zod';
import { sessionListSchema } from '../../src-shared/api-contract.js';

const accountDataSchema = z.object({
  v: z.literal(1),
  email: z.string().nullable(),
  /** The devices of the account as the service listed them last, and when that was (UTC); null while nobody has asked. */
  devices: z.object({ at: z.string(), sessions: sessionListSchema.shape.sessions }).nullable(),
});

/** What is kept of a person's account on this device: readable only with the account's own key. */
export type AccountData = Omit<z.infer<typeof accountDataSchema>, 'v'>;

export const NO_DATA: AccountData = { email: null, devices: null };

export function dataToText(data: AccountData): string {
  return JSON.stringify({ v: 1, ...data });
}

/** Null where it is not what {@link dataToText} makes, as after an older or newer form. */
export function dataFromText(text: string): AccountData | null {
  try {
    const parsed = accountDataSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { email, devices } = parsed.data;
    return { email, devices };
  } catch {
    return null;
  }
}
