import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Ways in which what stands between the app and its service can go wrong. */
export const TROUBLES = ['500', 'html', 'garbage', '5 MB', 'silence', 'cut'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** A loopback server in front of the real one, honest until told otherwise. */
export interface Troublemaker {
  readonly url: string;
  /** From now on every request meets this; `none` passes them on to the real server. */
  make(trouble: Trouble | 'none'): void;
  /** How many requests have met the present trouble. */
  met(): number;
  stop(): Promise<void>;
}

export async function startTroublemaker(targetUrl: string): Promise<Troublemaker> {
  let trouble: Trouble | 'none' = 'none';
  let met = 0;
  const server = createServer((incoming, answer) => {
    met += 1;
    if (trouble === 'none') passOn(targetUrl, incoming, answer);
    else misbehave[trouble](answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    make(next) {
      trouble = next;
      met = 0;
    },
    met: () => met,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = { 'content-type': 'application/json' };

const misbehave: Record<Trouble, (answer: ServerResponse) => void> = {
  '500': (answer) =>
    answer.writeHead(500, json).end('{"type":"internal","title":"no","status":500}'),
  html: (answer) =>
    answer
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<h1>Welcome to the hotel network</h1>'),
  garbage: (answer) => answer.writeHead(200, json).end(Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x22])),
  '5 MB': (answer) =>
    answer.writeHead(200, json).end(`{"results":"${'x'.repeat(5 * 1024 * 1024)}"}`),
  silence: () => undefined,
  cut: (answer) => {
    answer.writeHead(200, { ...json, 'content-length': '1000' });
    answer.write('{"results":[', () => answer.destroy());
  },
};

function passOn(targetUrl: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = incoming;
  const options = { headers, ...(method === undefined ? {} : { method }) };
  const outgoing = request(`${targetUrl}${incoming.url ?? ''}`, options, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  outgoing.on('error', () => answer.destroy());
  incoming.pipe(outgoing);
}
