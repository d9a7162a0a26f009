import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PushResult } from '../../src-shared/api-contract.js';

/** One answered request, by its pattern and never by its path. */
export interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly tookMs: number;
}

/** What is counted for those who run the server. Nothing here names a person, an account or a device. */
export interface Metrics {
  readonly registry: Registry;
  /** @param tookMs left out of the durations for a stream, which takes as long as its reader stays. */
  readonly answered: (answer: Answered, isStream: boolean) => void;
  readonly entries: (results: readonly Pick<PushResult, 'status' | 'problem'>[]) => void;
  /** Batches of usage statistics that came, or that a client asked to have forgotten. */
  readonly usage: (service: string, what: 'taken' | 'forgotten', batches: number) => void;
  /** The store could not do what it was asked: locked, full or away. */
  readonly storeFailed: () => void;
  /** Has the number of open streams read when it is asked for. */
  readonly streamsFrom: (count: () => number) => void;
}

/** Seconds: from a plain lookup to a password hash under load. */
const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

type Labels = Record<'status' | 'problem', string>;

/** Metrics in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'sayso_http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'sayso_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer; streams of events are left out.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS_S,
    registers,
  });
  const entries = new Counter({
    name: 'sayso_entries_total',
    help: 'Entries by what became of them; the problem only where they were refused.',
    labelNames: ['status', 'problem'],
    registers,
  });
  const usage = new Counter({
    name: 'sayso_usage_batches_total',
    help: 'Batches of usage statistics by what became of them; nothing of what they say is kept.',
    labelNames: ['service', 'what'],
    registers,
  });
  const failures = new Counter({
    name: 'sayso_store_failures_total',
    help: 'Times the database was locked, full or away.',
    registers,
  });
  return {
    registry,
    answered({ method, route, status, tookMs }, isStream) {
      requests.inc({ method, route, status });
      if (!isStream) durations.observe({ method, route }, tookMs / 1000);
    },
    entries(results) {
      // Counted together, since a batch has hundreds of results and one or two kinds of them.
      const counts = new Map<string, { readonly labels: Readonly<Labels>; count: number }>();
      for (const { status, problem: { type: problem = '' } = {} } of results) {
        const same = counts.get(status + problem) ?? { labels: { status, problem }, count: 0 };
        same.count += 1;
        counts.set(status + problem, same);
      }
      for (const { labels, count } of counts.values()) entries.inc(labels, count);
    },
    usage: (service, what, batches) => {
      usage.inc({ service, what }, batches);
    },
    storeFailed: () => failures.inc(),
    streamsFrom(count) {
      new Gauge({
        name: 'sayso_event_streams',
        help: 'Open streams of events.',
        registers,
        collect() {
          this.set(count());
        },
      });
    },
  };
}
