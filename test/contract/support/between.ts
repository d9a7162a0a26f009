import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a tool and the server, notes what passes, and may change what the server answers. */
export interface Between {
  readonly origin: string;
  /** `METHOD /path STATUS` of every answer so far; without the query. */
  readonly passed: string[];
  /** Changes the text of every JSON answer; null leaves all as it is. */
  change: ((text: string) => string) | null;
  close(): Promise<void>;
}

/** Passes requests on to `upstream`, whole bodies at a time. */
export async function standBetween(upstream: string): Promise<Between> {
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const parts: Uint8Array[] = [];
      for await (const part of request) parts.push(part as Uint8Array);
      const { method = 'GET', url = '/' } = request;
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) {
        if (typeof value === 'string' && !HOP_BY_HOP.has(name)) headers.set(name, value);
      }
      const body = parts.length > 0 ? Buffer.concat(parts) : null;
      const answer = await fetch(upstream + url, { method, headers, body });
      const text = await answer.text();
      between.passed.push(`${method} ${url.split('?')[0] ?? ''} ${answer.status}`);
      for (const [name, value] of answer.headers) {
        if (!HOP_BY_HOP.has(name)) response.setHeader(name, value);
      }
      response.statusCode = answer.status;
      response.end(text === '' ? undefined : (between.change?.(text) ?? text));
    };
    pass().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const between: Between = {
    origin: `http://127.0.0.1:${port}`,
    passed: [],
    change: null,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return between;
}

/** Headers that belong to one connection, or are worked out anew for the next. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'host',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'accept-encoding',
]);
