import { Agent, request } from 'node:http';

/** Sends bodies one after another over connections that are kept open, as cheaply as Node can. */
export interface Poster {
  /** @returns the text of a 2xx answer. @throws Error for any other. */
  post(path: string, body: string, token?: string): Promise<string>;
  close(): void;
}

/** @param base such as `http://127.0.0.1:8080/integro`. */
export function createPoster(base: string, lanes: number): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  return {
    post: (path, body, token) =>
      new Promise((done, fail) => {
        const headers = {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        };
        const sent = request(`${base}${path}`, { agent, method: 'POST', headers }, (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', fail);
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString();
            const { statusCode = 0 } = answer;
            if (statusCode >= 200 && statusCode < 300) done(text);
            else fail(new Error(`${path} answered ${statusCode}: ${text.slice(0, 500)}`));
          });
        });
        sent.on('error', fail);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
