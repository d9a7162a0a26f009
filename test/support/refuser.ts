import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Pushed {
  readonly entries: readonly {
    readonly decision?: { readonly id: string; readonly choices: Record<string, string> };
  }[];
}

/** A loopback server in front of the real one that takes no permission: it refuses each with the same problem. */
export interface Refuser {
  readonly url: string;
  /** From now on it is honest. */
  relent(): void;
  stop(): Promise<void>;
}

/** @param problem what every permission is refused with (RFC 9457). */
export async function startRefuser(
  targetUrl: string,
  problem: { readonly type: string; readonly detail?: string },
): Promise<Refuser> {
  let refuses = true;
  const server = createServer((incoming, answer) => {
    void read(incoming).then((body) => {
      const isPush = incoming.method === 'POST' && incoming.url?.endsWith('/v1/decisions');
      const ids = isPush && refuses ? permissionsIn(body) : null;
      if (ids === null) {
        passOn(targetUrl, incoming, body, answer);
        return;
      }
      const full = { title: 'It is not taken.', status: 422, ...problem };
      const results = ids.map((id) => ({ id, status: 'refused', problem: full }));
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ results }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    relent() {
      refuses = false;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The ids of what was pushed, where all of it allows something; null for anything else. */
function permissionsIn(body: Buffer): string[] | null {
  const { entries } = JSON.parse(body.toString()) as Pushed;
  const ids = entries.flatMap(({ decision }) =>
    decision && Object.values(decision.choices).includes('granted') ? [decision.id] : [],
  );
  return ids.length === entries.length ? ids : null;
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function passOn(
  targetUrl: string,
  { method, headers, url = '' }: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
): void {
  const options = { headers, ...(method === undefined ? {} : { method }) };
  const outgoing = request(`${targetUrl}${url}`, options, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  // The app ends a stream of events by going away.
  answer.on('close', () => outgoing.destroy());
  outgoing.on('error', () => answer.destroy());
  outgoing.end(body);
}
