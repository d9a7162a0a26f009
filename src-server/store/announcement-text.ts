import { z } from 'zod';
import { opaqueIdSchema } from '../../src-shared/ids.js';
import type { Announcement } from './announcements.js';

/** PostgreSQL takes less than 8,000 bytes per notification; an announcement is at most 100 bytes with its comma. */
const MOST_PER_TEXT = 70;

const textSchema = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('decisions'), accountId: opaqueIdSchema }),
    z.object({ kind: z.literal('sessions'), accountId: opaqueIdSchema }),
    z.object({ kind: z.literal('anything') }),
  ]),
);

/** Announcements as the texts that travel between servers, each thing once. */
export function textsOf(announcements: readonly Announcement[]): string[] {
  const once = [...new Map(announcements.map((one) => [JSON.stringify(one), one])).values()];
  const texts: string[] = [];
  for (let start = 0; start < once.length; start += MOST_PER_TEXT) {
    texts.push(JSON.stringify(once.slice(start, start + MOST_PER_TEXT)));
  }
  return texts;
}

/** What such a text says. One that a newer server wrote in a form of its own may mean anything. */
export function readAnnouncements(text: string): readonly Announcement[] {
  try {
    return textSchema.parse(JSON.parse(text));
  } catch {
    return [{ kind: 'anything' }];
  }
}
