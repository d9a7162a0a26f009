import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { withoutValues } from './postgres-errors.js';

/** What a listener needs. */
export interface ListenerParts {
  readonly config: pg.ClientConfig;
  /** A plain SQL name. */
  readonly channel: string;
  readonly heard: (text: string) => void;
  /** Called when the connection is there again after it was lost: what was said in between is not known. */
  readonly back: () => void;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** How often the connection is proven to be alive, in milliseconds. */
  readonly checkEveryMs: number;
}

/** Waits between two tries to connect grow from the first to the longest, each a random part of that. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;

/**
 * Keeps a connection of its own that listens on a channel, until it is stopped. A lost one is made again; one that died in
 * silence is found out by asking it something now and then.
 * @returns stops it.
 * @throws what keeps the first connection from being made.
 */
export async function holdListener(parts: ListenerParts): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const first = await connect(parts);
  const held = hold(parts, first, stopping.signal);
  return async () => {
    stopping.abort();
    await held;
  };
}

async function hold(parts: ListenerParts, first: pg.Client, stopped: AbortSignal): Promise<void> {
  for (let client: pg.Client | null = first; client !== null;) {
    await untilLost(client, parts.checkEveryMs, stopped);
    await client.end().catch(() => undefined);
    client = await connectAgain(parts, stopped);
    if (client) parts.back();
  }
}

/** @returns null once stopped. */
async function connectAgain(parts: ListenerParts, stopped: AbortSignal): Promise<pg.Client | null> {
  for (let tries = 0; ; tries += 1) {
    await pause(parts.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries), stopped);
    if (stopped.aborted) return null;
    const client = await connect(parts).catch(() => null);
    if (client) return client;
  }
}

async function connect({ config, channel, heard }: ListenerParts): Promise<pg.Client> {
  const client = new pg.Client(config);
  // Without somebody who hears of a broken connection the process would end; that it has ended is what counts here.
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => heard(payload ?? ''));
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    return client;
  } catch (error) {
    throw withoutValues(error);
  }
}

/** Resolves when the connection has ended, does not answer any more, or is not wanted any more. */
async function untilLost(client: pg.Client, everyMs: number, stopped: AbortSignal): Promise<void> {
  const ended = new AbortController();
  client.once('end', () => ended.abort());
  const either = AbortSignal.any([ended.signal, stopped]);
  for (;;) {
    await pause(everyMs, either);
    if (either.aborted) return;
    try {
      await client.query('select 1');
    } catch {
      return;
    }
  }
}

/** A wait that ends early when the signal says so, and that does not keep the process alive. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
