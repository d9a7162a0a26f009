import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openListener, type Listener } from '../../../src-main/session/browser/listener.js';

const STATE = 'the state of this very sign-in';
const PAGE = '<p>done</p>';

let listener: Listener;
beforeEach(async () => {
  listener = await openListener(PAGE);
});
afterEach(() => {
  listener.close();
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string;
}

/** The status of one request, on a connection of its own; null where nobody listens. */
function ask({
  path = `/callback?code=c&state=${encodeURIComponent(STATE)}`,
  method = 'GET',
  host,
}: Asked = {}) {
  const { port, host: own } = new URL(listener.redirectUri);
  return new Promise<number | null>((resolve) => {
    const headers = { host: host ?? own };
    const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    asking.on('response', (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    asking.on('error', () => resolve(null)).end();
  });
}

describe('what waits on loopback for the browser', () => {
  it('takes the answer with its state, once, and is gone', async () => {
    const answer = listener.answerTo(STATE);
    expect(await ask()).toBe(200);
    expect((await answer).searchParams.get('code')).toBe('c');
    expect(await ask()).toBeNull();
  });

  it('listens on this machine alone, under a path that a provider can know', () => {
    expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it.each<[string, Asked, number]>([
    ['another state', { path: '/callback?code=c&state=guessed' }, 400],
    ['no state', { path: '/callback?code=c' }, 400],
    ['two states', { path: `/callback?code=c&state=${encodeURIComponent(STATE)}&state=b` }, 400],
    ['neither code nor error', { path: `/callback?state=${encodeURIComponent(STATE)}` }, 400],
    [
      'a code and an error',
      { path: `/callback?code=c&error=e&state=${encodeURIComponent(STATE)}` },
      400,
    ],
    ['another path', { path: '/favicon.ico' }, 404],
    ['a form', { method: 'POST' }, 405],
    ['the question of another origin', { method: 'OPTIONS' }, 405],
    ['a name that leads here', { host: 'rebound.example' }, 421],
    ['the same name with another port', { host: '127.0.0.1:1' }, 421],
    ['localhost', { host: 'localhost' }, 421],
  ])('refuses %s and goes on waiting', async (_what, asked, status) => {
    const answer = listener.answerTo(STATE);
    expect(await ask(asked)).toBe(status);
    expect(await ask()).toBe(200);
    expect((await answer).searchParams.get('state')).toBe(STATE);
  });

  it('takes nothing before it is known what is waited for, and nothing when it is over', async () => {
    expect(await ask()).toBe(400);
    listener.close();
    expect(await ask()).toBeNull();
  });
});
