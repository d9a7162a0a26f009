import { once } from 'node:events';
import type { Fetch } from '../../../src-main/api/index.js';

/** The way to a server, which the test can cut or clog. */
export interface Network {
  readonly fetch: Fetch;
  /** False: nothing gets through. */
  up: boolean;
  /** Requests that are on their way at this moment; those that are held are not. */
  readonly onTheirWay: () => number;
  /** The next request whose address ends like this gets this answer, and the server never hears of it. */
  instead(end: string, answer: Response): void;
  /** Addresses asked so far, with their methods. */
  readonly asked: string[];
  /**
   * The next request whose address ends like this waits, before it is sent or with its answer already there.
   * @returns what tells that it waits, and lets it go on.
   */
  hold(end: string, when: 'before' | 'after'): Held;
}

/** A request that is being held. */
export interface Held {
  readonly reached: Promise<void>;
  readonly release: () => void;
}

interface Trap extends Held {
  readonly end: string;
  readonly when: 'before' | 'after';
  readonly trip: () => void;
  readonly released: Promise<void>;
}

/** @param through what really asks. */
export function networkThrough(through: Fetch): Network {
  const traps: Trap[] = [];
  const answers: { end: string; answer: Response }[] = [];
  let onTheirWay = 0;
  /** Asks and takes the whole answer, so that nothing of it is left on a connection. */
  const ask: Fetch = async (address, init) => {
    onTheirWay += 1;
    try {
      const answer = await through(address, init);
      // A stream of events has no end to wait for.
      if (answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer;
      const body = answer.status === 204 ? null : await answer.arrayBuffer();
      return new Response(body, answer);
    } finally {
      onTheirWay -= 1;
    }
  };
  const take = (address: string, when: Trap['when']): Trap | undefined => {
    const place = traps.findIndex((trap) => trap.when === when && address.endsWith(trap.end));
    return place === -1 ? undefined : traps.splice(place, 1)[0];
  };
  const pass = async (
    address: string,
    when: Trap['when'],
    signal: AbortSignal | null | undefined,
  ): Promise<void> => {
    const trap = take(address, when);
    if (!trap) return;
    trap.trip();
    // A test that failed lets nothing go on: then it ends with the client.
    await Promise.race([trap.released, signal ? once(signal, 'abort') : trap.released]);
    signal?.throwIfAborted();
  };
  const network: Network = {
    up: true,
    asked: [],
    onTheirWay: () => onTheirWay,
    instead: (end, answer) => void answers.push({ end, answer }),
    hold(end, when) {
      let trip: () => void = () => undefined;
      let release: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (trip = resolve));
      const released = new Promise<void>((resolve) => (release = resolve));
      traps.push({ end, when, reached, released, trip, release });
      return { reached, release };
    },
    async fetch(address, init) {
      const path = address.split('?')[0] ?? address;
      network.asked.push(`${init.method} ${path}`);
      if (!network.up) throw new TypeError('fetch failed');
      const place = answers.findIndex(({ end }) => path.endsWith(end));
      if (place !== -1) return answers.splice(place, 1)[0]?.answer ?? Response.error();
      await pass(path, 'before', init.signal);
      const answer = await ask(address, init);
      await pass(path, 'after', init.signal);
      return answer;
    },
  };
  return network;
}
