import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Ways in which what stands between the app and its service can go wrong. */
export const TROUBLES = ['500', 'html', 'garbage', '5 MB', 'silence', 'cut'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What a service does that has too much to do: it asks for a pause of two minutes, or answers when it comes to it. */
export type Strain = '429' | 'slow';

/** A loopback server in front of the real one, honest until told otherwise. */
export interface Troublemaker {
  readonly url: string;
  /**
   * From now on every request meets this; `none` passes them on to the real server, and with them those that `slow` has held.
   * @param what method and path of the requests that meet it, such as `DELETE /integro/v1/account`; left out: all.
   */
  make(trouble: Trouble | Strain | 'none', what?: RegExp): void;
  /** How many requests have met the present trouble. */
  met(): number;
  stop(): Promise<void>;
}

export async function startTroublemaker(targetUrl: string): Promise<Troublemaker> {
  let trouble: Trouble | Strain | 'none' = 'none';
  let meets = /./;
  let met = 0;
  const held: (() => void)[] = [];
  const server = createServer((incoming, answer) => {
    const isMet = meets.test(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
    if (trouble === 'none' || !isMet) {
      met += trouble === 'none' ? 1 : 0;
      passOn(targetUrl, incoming, answer);
      return;
    }
    met += 1;
    if (trouble === 'slow') {
      held.push(() => {
        passOn(targetUrl, incoming, answer);
      });
    } else misbehave[trouble](answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    make(next, what = /./) {
      trouble = next;
      meets = what;
      met = 0;
      for (const passOnNow of held.splice(0)) passOnNow();
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

const misbehave: Record<Exclude<Trouble | Strain, 'slow'>, (answer: ServerResponse) => void> = {
  '429': (answer) =>
    answer
      .writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '120' })
      .end('{"type":"too-many-requests","title":"no","status":429}'),
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
