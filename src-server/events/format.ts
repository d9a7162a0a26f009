import type { z } from 'zod';
import type { eventSchemas, ServerEventName } from '../../src-shared/api-contract.js';

export const EVENT_MEDIA_TYPE = 'text/event-stream';

/** What an event of this name carries. */
export type EventData<Name extends ServerEventName> = z.infer<(typeof eventSchemas)[Name]>;

/** The first line of a stream: a comment, which says that from here on nothing is missed. */
export const HELLO = ': sayso\n\n';
/** A comment that says only that somebody is there. */
export const HEARTBEAT = ':\n\n';

/**
 * One event as it travels (HTML Living Standard, section 9.2 "Server-sent events"). JSON has no line breaks of its own, and
 * neither have cursors.
 * @param id cursor of the newest decision known to the stream; empty before the first.
 */
export function eventText<Name extends ServerEventName>(
  name: Name,
  data: EventData<Name>,
  id: string,
): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
