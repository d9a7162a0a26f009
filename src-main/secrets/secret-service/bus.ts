import { connect, type Socket } from 'node:net';
import { decodeMessage, type Message } from './decode.js';
import { encodeCall, type Call } from './encode.js';

/** A connection to the session bus, for a handful of questions. */
export interface Bus {
  /** The answer's body, or the name of the error. Rejects where the bus goes away. */
  ask(call: Call): Promise<{ readonly body: Buffer } | { readonly errorName: string }>;
  /** Comes about with the next signal of that name from that object. */
  signal(path: string, member: string): Promise<void>;
  close(): void;
}

const BUS = 'org.freedesktop.DBus';

/**
 * Connects as this user (D-Bus specification, "Authentication Protocol", EXTERNAL). Our own few lines, because the packages that
 * speak D-Bus bring far more than the three questions that are asked here, into the process that holds the secrets.
 * @throws where there is no bus, or it does not take this user.
 */
export async function openBus(path: string, userId: number, signal: AbortSignal): Promise<Bus> {
  const socket = await connected(path, signal);
  const close = (): void => {
    socket.destroy();
  };
  signal.addEventListener('abort', close, { once: true });
  const waiting = new Set<{
    wants: (message: Message) => boolean;
    take: (it: Message) => void;
    lose: () => void;
  }>();
  let rest = Buffer.alloc(0);
  let isGreeted = false;
  const greeted = new Promise<void>((resolve, reject) => {
    socket.once('close', () => {
      reject(new Error('the bus went away'));
      for (const one of waiting) one.lose();
      waiting.clear();
    });
    socket.on('data', (part: Buffer) => {
      rest = Buffer.concat([rest, part]);
      if (!isGreeted) {
        const end = rest.indexOf('\r\n');
        if (end < 0) return;
        if (!rest.toString('latin1', 0, end).startsWith('OK ')) return void socket.destroy();
        rest = rest.subarray(end + 2);
        isGreeted = true;
        socket.write('BEGIN\r\n');
        resolve();
      }
      try {
        for (let next = decodeMessage(rest); next; next = decodeMessage(rest)) {
          rest = rest.subarray(next.length);
          for (const one of waiting) {
            if (!one.wants(next.message)) continue;
            waiting.delete(one);
            one.take(next.message);
          }
        }
      } catch {
        socket.destroy();
      }
    });
  });
  socket.on('error', close);
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(userId)).toString('hex')}\r\n`);
  await greeted;

  const next = (wants: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve, reject) => {
      const lose = (): void => {
        reject(new Error('the bus went away'));
      };
      if (socket.destroyed) lose();
      else waiting.add({ wants, take: resolve, lose });
    });
  let serial = 0;
  const ask: Bus['ask'] = async (call) => {
    serial += 1;
    const mine = serial;
    const answer = next(({ answerTo }) => answerTo === mine);
    socket.write(encodeCall(call, mine));
    const { kind, errorName, body } = await answer;
    return kind === 'error' ? { errorName } : { body };
  };
  await ask({ destination: BUS, path: '/org/freedesktop/DBus', interface: BUS, member: 'Hello' });
  return {
    ask,
    async signal(object, member) {
      await next((it) => it.kind === 'signal' && it.path === object && it.member === member);
    },
    close,
  };
}

function connected(path: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', reject);
    socket.once('close', () => {
      reject(new Error('the bus did not take the connection'));
    });
  });
}
