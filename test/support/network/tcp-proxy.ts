import { once } from 'node:events';
import net from 'node:net';
import { relay, type Relay } from './relay.js';
import type { Fault } from './faults.js';

/** The way between one client and a server, which fares as its plan says. */
export interface BadNetwork {
  /** What the client takes for the server's origin; the same for as long as this lives. */
  readonly origin: string;
  /** What was asked so far: method, path, and what became of it. */
  readonly log: readonly { readonly asked: string; readonly fault: Fault }[];
  /** Requests between client and server that neither have an answer nor are stuck; event streams do not count. */
  readonly onTheirWay: () => number;
  /** Asked for each new connection. */
  faultOf: () => Fault;
  /** From now on everything goes to another port on loopback; null: to the server again. */
  divert(port: number | null): void;
  /** Lets what waits pass and breaks off what is stuck. */
  release(): void;
  /** Breaks off everything, event streams too. */
  cutAll(): void;
  /** Breaks off everything and goes. */
  close(): Promise<void>;
}

/** @param portOf where the server listens at the moment on loopback; null while there is none. */
export async function badNetwork(portOf: () => number | null): Promise<BadNetwork> {
  const relays = new Set<Relay>();
  let other: number | null = null;
  const log: { asked: string; fault: Fault }[] = [];
  const listener = net.createServer({ allowHalfOpen: false }, (client) => {
    const fault = network.faultOf();
    const entry = { asked: '', fault };
    log.push(entry);
    const one = relay(client, fault, () => other ?? portOf(), {
      asked: (asked) => {
        entry.asked = asked;
        // Whoever was late is passed by this one.
        for (const late of relays) if (late !== one) late.passedBy();
      },
      closed: () => {
        relays.delete(one);
      },
    });
    relays.add(one);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const network: BadNetwork = {
    origin: `http://127.0.0.1:${address.port}`,
    log,
    onTheirWay: () => [...relays].filter((one) => one.isMoving()).length,
    faultOf: () => ({ kind: 'pass' }),
    divert(port) {
      other = port;
    },
    release() {
      for (const one of relays) one.release();
    },
    cutAll() {
      for (const one of relays) one.cut();
    },
    async close() {
      network.cutAll();
      const closed = once(listener, 'close');
      listener.close();
      await closed;
    },
  };
  return network;
}
