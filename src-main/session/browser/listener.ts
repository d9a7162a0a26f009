import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER_HEADERS } from './answer-page.js';

/** Waits on this machine for the one answer that the browser brings back (RFC 8252, section 7.3). */
export interface Listener {
  /** Where the provider is to send the browser. */
  readonly redirectUri: string;
  /**
   * The address that the browser came back with. Whatever does not know `state` is refused and waited on for nothing: another
   * program, or a page in the browser, can neither answer in the person's place nor end the waiting.
   */
  answerTo(state: string): Promise<URL>;
  /** Stops listening; may be called again. What is waited for never comes then. */
  close(): void;
}

/** The path is the same for all, because providers compare it; the port is whichever is free, which they must allow. */
const PATH = '/callback';
/** Longer addresses than any provider makes are not read. */
const LONGEST_HEADERS = 16 * 1024;
const SLOWEST_REQUEST_MS = 10_000;
const MOST_CONNECTIONS = 16;

/**
 * Opens it on loopback only, on a port that the system picks, so that no other program can have taken it before.
 * @param page what the browser shows once its answer is here.
 * @throws where nothing can listen on this machine.
 */
export async function openListener(page: string): Promise<Listener> {
  let expected: { readonly state: string; readonly take: (answer: URL) => void } | null = null;
  const server = createServer(
    { maxHeaderSize: LONGEST_HEADERS, requestTimeout: SLOWEST_REQUEST_MS },
    (request, response) => {
      const answer = new URL(request.url ?? '', redirectUri);
      const status = statusOf(request, answer);
      if (status !== 200) {
        refuse(response, status);
        return;
      }
      const taken = expected;
      expected = null;
      response.writeHead(200, ANSWER_HEADERS).end(page);
      // One answer is all there is: nobody is listened to while it is looked at.
      server.close();
      taken?.take(answer);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUri = `http://${host}${PATH}`;

  /** A name that leads here (DNS rebinding) has another `Host`; a form or a script of another page has another method. */
  function statusOf(request: IncomingMessage, answer: URL): number {
    if (request.headers.host !== host || answer.host !== host) return 421;
    if (request.method !== 'GET') return 405;
    if (answer.pathname !== PATH) return 404;
    const { searchParams } = answer;
    const states = searchParams.getAll('state');
    const isWhole = searchParams.has('code') !== searchParams.has('error');
    const isExpected = expected !== null && states.length === 1 && states[0] === expected.state;
    return isExpected && isWhole ? 200 : 400;
  }

  return {
    redirectUri,
    answerTo: (state) =>
      new Promise((take) => {
        expected = { state, take };
      }),
    close() {
      expected = null;
      server.close();
      server.closeAllConnections();
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
  const allow = status === 405 ? { allow: 'GET' } : {};
  response.writeHead(status, { ...ANSWER_HEADERS, ...allow }).end();
}
