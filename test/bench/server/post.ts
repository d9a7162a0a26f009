import { Pool } from 'undici';

/** Sends bodies one after another over connections that are kept open, as cheaply as a library for Node can. */
export interface Poster {
  /** @returns the text of a 2xx answer. @throws Error for any other. */
  post(path: string, body: string, token?: string): Promise<string>;
  close(): void;
}

/**
 * @param base such as `http://127.0.0.1:8080/integro`.
 * @param lanes connections, with one request on each at a time.
 */
export function createPoster(base: string, lanes: number): Poster {
  const { origin, pathname } = new URL(base);
  const pool = new Pool(origin, { connections: lanes, pipelining: 1 });
  const folder = pathname.replace(/\/$/, '');
  return {
    async post(path, body, token) {
      const { statusCode, body: answer } = await pool.request({
        path: `${folder}${path}`,
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      const text = await answer.text();
      if (statusCode >= 200 && statusCode < 300) return text;
      throw new Error(`${path} answered ${statusCode}: ${text.slice(0, 500)}`);
    },
    close: () => void pool.destroy(),
  };
}
