import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A host that somebody may try to reach: it listens by TCP and by UDP on the same port, and counts. */
export interface Witness {
  /** `address:port`, as a manifest declares it. */
  readonly host: string;
  readonly port: number;
  /** Connections and datagrams so far. */
  readonly seen: () => { readonly connections: number; readonly datagrams: number };
  /** The paths that were asked for, in order. */
  readonly paths: () => readonly string[];
  forget(): void;
  close(): Promise<void>;
}

/** Answers everything it can with an empty script that any page may read, so that what is allowed works. */
const ANSWER =
  'HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\naccess-control-allow-origin: *\r\n' +
  'connection: close\r\ncontent-length: 0\r\n\r\n';

/** @param address one of the loopback addresses. */
export async function startWitness(address: string): Promise<Witness> {
  let connections = 0;
  let datagrams = 0;
  const paths: string[] = [];
  const tcp = createServer((socket) => {
    connections += 1;
    socket.on('error', () => socket.destroy());
    socket.once('data', (data: Buffer) => {
      const path = /^[A-Z]+ (\S+) HTTP/.exec(data.toString('latin1'))?.[1];
      if (path !== undefined) paths.push(path);
      socket.end(ANSWER);
    });
  });
  tcp.listen(0, address);
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4', () => (datagrams += 1));
  udp.bind(port, address);
  await once(udp, 'listening');
  return {
    host: `${address}:${port}`,
    port,
    seen: () => ({ connections, datagrams }),
    paths: () => [...paths],
    forget() {
      connections = 0;
      datagrams = 0;
      paths.length = 0;
    },
    async close() {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}
