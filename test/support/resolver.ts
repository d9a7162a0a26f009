import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A resolver of the test's own, which hears every name that a process asks for. */
export interface Resolver {
  /** The names asked for so far, each once. */
  readonly asked: () => readonly string[];
  /** A program that is the given one, with this resolver as the only one there is for it and its children. */
  wrap(executable: string): string;
  close(): Promise<void>;
}

/** Where it listens: the port of DNS, at an address of this machine that is this process's own, as tests run side by side. */
const ADDRESS = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`;

/**
 * Answers every name with 127.0.0.2 (RFC 1035). A process is made to use it by a mount namespace of its own with another
 * `/etc/resolv.conf`, which needs root.
 * @param folder for the files of it.
 */
export async function startResolver(folder: string): Promise<Resolver> {
  const names = new Set<string>();
  const socket = createSocket('udp4', (query, { port, address }) => {
    const [name, end] = nameIn(query);
    names.add(name);
    const isForIp4 = query.readUInt16BE(end) === 1;
    const head = Buffer.from(query.subarray(0, end + 4));
    // A response, recursion available, no error, one question, no other records but the answer.
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(isForIp4 ? 1 : 0, 6);
    head.writeUInt16BE(0, 8);
    head.writeUInt16BE(0, 10);
    // The name by its place in the question, type A, class IN, 60 seconds, four bytes.
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 2]);
    socket.send(isForIp4 ? Buffer.concat([head, answer]) : head, port, address);
  });
  socket.bind(53, ADDRESS);
  await once(socket, 'listening');
  return {
    asked: () => [...names],
    wrap(executable) {
      const configuration = path.join(folder, 'resolv.conf');
      writeFileSync(configuration, `nameserver ${ADDRESS}\n`);
      const program = path.join(folder, 'electron');
      const mounted = `mount --bind '${configuration}' /etc/resolv.conf && exec '${executable}' "$@"`;
      writeFileSync(
        program,
        `#!/bin/sh\nexec unshare --mount sh -c '${mounted.replaceAll("'", `'\\''`)}' sh "$@"\n`,
      );
      chmodSync(program, 0o755);
      return program;
    },
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** The name in a query, and where it ends. */
function nameIn(query: Buffer): [name: string, end: number] {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return [labels.join('.').toLowerCase(), at + 1];
}
