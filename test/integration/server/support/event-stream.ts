import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { eventSchemas, type ServerEventName } from '../../../../src-shared/api-contract.js';

/** One event, its data checked against the contract. */
export interface ReadEvent {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
}

/** A stream of events, read by nothing but `node:http`. */
export interface ReadStream {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Everything that came so far, as it came. */
  readonly raw: () => string;
  /** The events that came so far. */
  readonly events: () => readonly ReadEvent[];
  /** The next event that was not handed out yet; rejects when the stream ends before it. */
  readonly next: () => Promise<ReadEvent>;
  /** Waits until a comment has come that was not there before. */
  readonly nextComment: () => Promise<void>;
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/** Asks for the stream of a session and waits for its first comment. @throws when the answer is no stream. */
export async function listen(
  base: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadStream> {
  const stream = await ask(base, token, headers);
  if (stream.status !== 200) {
    await stream.ended;
    throw new Error(`${stream.status} ${stream.raw()}`);
  }
  await stream.nextComment();
  return stream;
}

/** Asks for a stream, whatever the answer is. */
export async function ask(
  base: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadStream> {
  const request = get(`${base}/v1/events`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    agent: false,
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  let text = '';
  let handedOut = 0;
  let comments = 0;
  let isOver = false;
  let wake = (): void => undefined;
  response.on('data', (part: string) => {
    text += part;
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    response.on('close', () => {
      isOver = true;
      wake();
      resolve();
    });
  });
  response.on('error', () => undefined);
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!isThere()) {
      if (isOver) throw new Error(`the stream ended: ${text}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    status: response.statusCode,
    headers: response.headers,
    raw: () => text,
    events: () => eventsIn(text),
    async next() {
      await until(() => eventsIn(text).length > handedOut);
      const event = eventsIn(text)[handedOut];
      if (!event) throw new Error('it was there a moment ago');
      handedOut += 1;
      return event;
    },
    async nextComment() {
      await until(() => commentsIn(text) > comments);
      comments += 1;
    },
    ended,
    close: () => void response.destroy(),
  };
}

function blocksIn(text: string): string[] {
  return text.split('\n\n').slice(0, -1);
}

function commentsIn(text: string): number {
  return blocksIn(text).filter((block) => block.startsWith(':')).length;
}

function eventsIn(text: string): ReadEvent[] {
  return blocksIn(text)
    .filter((block) => !block.startsWith(':'))
    .map((block) => {
      const fields = new Map(
        block.split('\n').map((line) => {
          const [, field = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
          return [field, value];
        }),
      );
      const name = fields.get('event') ?? '';
      const data: unknown = JSON.parse(fields.get('data') ?? '');
      eventSchemas[name as ServerEventName].parse(data);
      return { name, id: fields.get('id') ?? '(none)', data };
    });
}
