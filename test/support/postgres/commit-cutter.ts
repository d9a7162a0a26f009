import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a server and its database. */
export interface CommitCutter {
  /** The address to give to the server. */
  readonly address: string;
  /** The next commit reaches the database and is done there, but its answer does not come back: the connection breaks. */
  cutNextCommit(): void;
  remove(): Promise<void>;
}

/** A relay on loopback that can lose the answer to a commit, which no other fault brings about for sure. */
export async function commitCutter(address: string): Promise<CommitCutter> {
  const target = new URL(address);
  const sockets = new Set<Socket>();
  let isArmed = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let isCutting = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => {
      if (isArmed && bytes.includes('commit')) [isArmed, isCutting] = [false, true];
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      // The database answers a commit only when it is done.
      if (isCutting) near.destroy();
      else near.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(address);
  through.port = String((server.address() as AddressInfo).port);
  return {
    address: through.href,
    cutNextCommit: () => (isArmed = true),
    async remove() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
