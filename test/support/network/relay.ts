import net from 'node:net';
import type { Fault, Way } from './faults.js';
import { askedFor, isWholeRequest } from './request-bytes.js';

/** One connection of a client on its way to the server. */
export interface Relay {
  /** Whether something is still to be expected of it: not for streams of events, and not while it is stuck. */
  isMoving(): boolean;
  /** Another request has come by. */
  passedBy(): void;
  /** The network heals: what waits goes on, what is stuck breaks. */
  release(): void;
  cut(): void;
}

interface Told {
  /** Once, when the first line of the request is known. */
  readonly asked: (what: string) => void;
  readonly closed: () => void;
}

const PAGE = '<!doctype html><title>Welcome</title><p>Accept our terms to go online.';

/** Carries bytes both ways between `client` and the port, as `fault` lets it. */
export function relay(
  client: net.Socket,
  fault: Fault,
  portOf: () => number | null,
  told: Told,
): Relay {
  const servers: net.Socket[] = [];
  let isClosed = false;
  let isStuck = false;
  let isStream = false;
  let isLate = fault.kind === 'late';
  let request = Buffer.alloc(0);
  let hasAsked = false;

  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const socket of [client, ...servers]) socket.destroy();
    told.closed();
  };
  const reset = (): void => {
    client.resetAndDestroy();
    close();
  };
  const stick = (): void => {
    isStuck = true;
    client.pause();
    for (const server of servers) server.pause();
  };

  /** How much still passes one way before the fault strikes. */
  const budget: Record<Way, number> = { up: Infinity, down: Infinity };
  if (fault.kind === 'cut' || fault.kind === 'stall') budget[fault.way] = fault.afterBytes;
  const strike = fault.kind === 'stall' ? stick : reset;
  const pass = (way: Way, to: net.Socket, bytes: Buffer): void => {
    const fitting = bytes.subarray(0, budget[way]);
    budget[way] -= fitting.length;
    if (fitting.length > 0) to.write(fitting);
    if (fitting.length < bytes.length || budget[way] === 0) {
      // What was let through has to arrive before the connection breaks.
      setImmediate(() => {
        if (!isClosed) strike();
      });
    }
  };
  /** Delays every part alike, so that they keep their order. */
  const carry = (way: Way, to: net.Socket, bytes: Buffer): void => {
    if (fault.kind !== 'delay') pass(way, to, bytes);
    else setTimeout(() => !isClosed && pass(way, to, bytes), fault.delayMs);
  };

  /** @param answers whether what the server says goes to the client. */
  const connect = (answers: boolean): net.Socket | null => {
    const port = portOf();
    if (port === null) {
      reset();
      return null;
    }
    const server = net.connect(port, '127.0.0.1');
    servers.push(server);
    server.on('error', answers ? reset : () => server.destroy());
    server.on('data', (bytes) => {
      if (answers && !isStuck) carry('down', client, bytes);
    });
    server.on('close', () => {
      if (!answers || isClosed || isStuck) return;
      // The rest of the answer may still be on its way.
      if (fault.kind === 'delay') setTimeout(() => client.end(), fault.delayMs);
      else if (budget.down > 0) client.end();
    });
    return server;
  };
  let upstream: net.Socket | null = null;
  const forward = (bytes: Buffer): void => {
    upstream ??= connect(true);
    if (upstream) carry('up', upstream, bytes);
  };
  const sendWhole = (): void => {
    if (fault.kind !== 'repeat') {
      forward(request);
      return;
    }
    const answersFirst = fault.answerOf === 'first';
    const [first, second] = [connect(answersFirst), connect(!answersFirst)];
    first?.write(request);
    second?.write(request);
  };

  client.on('error', close);
  client.on('close', close);
  client.on('data', (bytes) => {
    if (isStuck) return;
    request = Buffer.concat([request, bytes]);
    const asked = hasAsked ? null : askedFor(request);
    if (asked !== null) {
      hasAsked = true;
      isStream = asked.endsWith('/v1/events');
      told.asked(asked);
    }
    const whole = isWholeRequest(request);
    if (fault.kind === 'portal') {
      const head = `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${PAGE.length}\r\n`;
      if (whole) client.end(`${head}connection: close\r\n\r\n${PAGE}`);
    } else if (fault.kind === 'repeat' || fault.kind === 'late') {
      if (whole && !isLate && servers.length === 0) sendWhole();
    } else forward(bytes);
  });
  if (fault.kind === 'refuse') setImmediate(reset);
  else if (
    (fault.kind === 'stall' || fault.kind === 'cut') &&
    fault.way === 'up' &&
    budget.up === 0
  ) {
    setImmediate(strike);
  }

  const letGo = (): void => {
    if (!isLate || isClosed) return;
    isLate = false;
    // What is not whole yet goes as soon as it is.
    if (isWholeRequest(request)) sendWhole();
  };
  return {
    isMoving: () => !isClosed && !isStuck && !isStream && !isLate,
    passedBy: letGo,
    release() {
      if (isStuck) {
        reset();
        return;
      }
      // What was still to go wrong does not any more.
      budget.up = Infinity;
      budget.down = Infinity;
      letGo();
    },
    cut: reset,
  };
}
