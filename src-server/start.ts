import { randomBytes } from 'node:crypto';
import type { LogStream } from './http/log.js';
import { openStore } from './open-store.js';
import type { Options } from './options.js';
import { createServer } from './server.js';
import { readServices } from './services/read-services.js';

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string;
  /** Answers what is on its way, then closes connections and database. May be called again. */
  stop(): Promise<void>;
}

/** How long requests under way may take to finish once the server is to stop, in milliseconds. */
const LAST_REQUESTS_MS = 5000;

/** No profile could be used, so there is nothing to serve. */
export class NothingToServeError extends Error {
  constructor(folder: string) {
    super(`no usable service profile in ${folder}`);
    this.name = 'NothingToServeError';
  }
}

/**
 * Opens the database, reads the profiles and listens on loopback.
 * @throws whatever stands in the way; nothing is left open then.
 */
export async function startServer(
  options: Options & { readonly services: string },
  logStream: LogStream,
): Promise<RunningServer> {
  const { services, problems } = await readServices(options.services);
  for (const { file, field, message } of problems) {
    logStream.write(`${JSON.stringify({ level: 40, msg: 'bad profile', file, field, message })}\n`);
  }
  if (services.length === 0) throw new NothingToServeError(options.services);
  const store = await openStore(options.data, Date.now());
  const app = await createServer({ services, store, nowMs: Date.now, randomBytes, logStream });
  const close = async (): Promise<void> => {
    const deadline = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS);
    await app.close();
    clearTimeout(deadline);
    await store.close();
  };
  try {
    const url = await app.listen({ host: '127.0.0.1', port: options.port });
    let stopping: Promise<void> | undefined;
    return { url, stop: () => (stopping ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}
