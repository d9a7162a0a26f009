import type { Fetch } from '../../../src-main/api/index.js';

/** The global `fetch`, each request on a connection of its own: one that is kept alive would hold up the end of a server. */
export const oneConnectionEach: Fetch = (address, init) => {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(address, { ...init, headers });
};
