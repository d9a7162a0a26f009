import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The second lock of a window with foreign content: whatever passes by the session's filter has to come through here. */
export interface GateProxy {
  readonly port: number;
  /** Ends every connection that may not stand any more. */
  cut(): void;
  close(): Promise<void>;
}

interface End {
  destroy(): void;
  on(name: 'close', run: () => void): unknown;
  off(name: 'close', run: () => void): unknown;
}

/** Headers that are of one connection only (RFC 9110, section 7.6.1), and those meant for a proxy. */
const OF_ONE_HOP = [
  'proxy-connection',
  'proxy-authorization',
  'connection',
  'keep-alive',
  'te',
  'upgrade',
];

/**
 * Starts a proxy on loopback that denies by default. It resolves no name and opens no connection before the gate has said
 * that it may.
 * @param mayReach judges an address; `isNew` where it is a connection that is only asked for.
 */
export async function startGateProxy(
  mayReach: (address: string, isNew: boolean) => boolean,
): Promise<GateProxy> {
  /** Every open way out, and what ends it. */
  const ways = new Map<{ destroy(): void }, string>();
  const track = (address: string, ...ends: End[]): void => {
    const way = {
      destroy: () => {
        for (const end of ends) end.destroy();
      },
    };
    // A connection inside carries many requests one after another: what is over leaves nothing on it.
    const forget = (): void => {
      ways.delete(way);
      for (const end of ends) end.off('close', forget);
    };
    ways.set(way, address);
    for (const end of ends) end.on('close', forget);
  };

  const server = createServer((asked: IncomingMessage, answer: ServerResponse) => {
    const address = asked.url ?? '';
    if (!address.startsWith('http:') || !mayReach(address, true)) {
      answer.writeHead(403, { connection: 'close' }).end();
      return;
    }
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !OF_ONE_HOP.includes(name)),
    );
    const out = request(address, { method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    track(address, out, asked.socket);
    out.on('error', () => asked.socket.destroy());
    answer.on('error', () => out.destroy());
    asked.pipe(out);
  });

  server.on('connect', (asked: IncomingMessage, inside: Duplex, first: Buffer) => {
    inside.on('error', () => inside.destroy());
    const address = `https://${asked.url ?? ''}/`;
    if (!mayReach(address, true)) {
      inside.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(address);
    const out: Socket = connect(Number(port || 443), hostname.replace(/^\[|\]$/g, ''));
    track(address, out, inside);
    out.on('error', () => inside.destroy());
    out.once('connect', () => {
      // Between asking and connecting the gate may have closed.
      if (!mayReach(address, false)) {
        out.destroy();
        inside.destroy();
        return;
      }
      inside.write('HTTP/1.1 200 Connection established\r\n\r\n');
      out.write(first);
      out.pipe(inside).pipe(out);
    });
  });
  server.on('clientError', (_error, socket) => {
    socket.destroy();
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const [way, address] of ways) if (!mayReach(address, false)) way.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const way of ways.keys()) way.destroy();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
