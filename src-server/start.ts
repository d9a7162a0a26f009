import { randomBytes } from 'node:crypto';
import { collectDefaultMetrics } from 'prom-client';
import type { LogStream } from './http/log.js';
import { createMetrics } from './http/metrics.js';
import { serveMetrics, type MetricsServer } from './http/metrics-server.js';
import { openStore } from './open-store.js';
import type { Options } from './options.js';
import { createServer } from './server.js';
import { createLiveServices } from './services/live-services.js';
import { readServices } from './services/read-services.js';

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string;
  /** Where the metrics are; null without a port for them. */
  readonly metricsUrl: string | null;
  /** Reads the profiles again and publishes what is new in them, while everything runs on. Never rejects. */
  republish(): Promise<void>;
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
  const log = (level: 30 | 40, line: object): void => {
    logStream.write(`${JSON.stringify({ level, time: Date.now(), ...line })}\n`);
  };
  const read = async () => {
    const { services, problems } = await readServices(options.services);
    for (const problem of problems) log(40, { msg: 'bad profile', ...problem });
    return services;
  };
  const first = await read();
  if (first.length === 0) throw new NothingToServeError(options.services);
  const live = createLiveServices(first);
  const store = await openStore(options, Date.now());
  const metrics = createMetrics();
  const app = await createServer({
    services: live.services,
    publications: live,
    store,
    nowMs: Date.now,
    randomBytes,
    logStream,
    metrics,
    ...(options.provider ? { provider: options.provider } : {}),
  });
  let metricsServer: MetricsServer | null = null;
  const close = async (): Promise<void> => {
    const deadline = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS);
    await app.close();
    clearTimeout(deadline);
    await metricsServer?.stop();
    await store.close();
  };
  const republish = async (): Promise<void> => {
    try {
      for (const remark of live.publish(await read())) log(40, { msg: 'not published', ...remark });
      log(30, { msg: 'profiles read again' });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log(40, { msg: 'profiles cannot be read', message });
    }
  };
  try {
    const url = await app.listen({ host: '127.0.0.1', port: options.port });
    if (options.metricsPort !== undefined) {
      collectDefaultMetrics({ register: metrics.registry });
      metricsServer = await serveMetrics(metrics.registry, options.metricsPort);
    }
    let stopping: Promise<void> | undefined;
    const metricsUrl = metricsServer?.url ?? null;
    return { url, metricsUrl, republish, stop: () => (stopping ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}
