import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { call, createAccount, signIn } from '../../integration/server/support/client.js';
import { newPeople } from '../server/people.js';
import { loadOf, type Act } from './person-load.js';
import { courseOf, residentBytes, type Course, type Sample } from './resident.js';
import { openStreams } from './streams.js';

interface Options {
  /** Address of the server, and its process. */
  readonly ours: string;
  readonly pid: number;
  readonly seconds: number;
  readonly random: () => number;
}

/** What a server did under load for a while. */
export interface Soak {
  readonly seconds: number;
  /** Requests a second, as many as it would take, and as many as it was given. */
  readonly mostPerSecond: number;
  readonly perSecond: number;
  readonly requests: number;
  readonly signIns: number;
  readonly events: number;
  /** What went wrong, at most the first twenty. */
  readonly errors: readonly string[];
  readonly memory: Course;
}

const PEOPLE = 16;
const SHARE = 0.7;
const SAMPLE_EVERY_MS = 500;
const SIGN_IN_EVERY_MS = 1_000;
const MOST_ERRORS = 20;

/**
 * Finds out how many mixed requests a second a server takes, and then gives it 70 % of that for `seconds`, while everybody
 * listens to a stream of events and somebody signs in and out once a second. Memory counts after the first fifth.
 */
export async function soak({ ours, pid, seconds, random }: Options): Promise<Soak> {
  const base = `${ours}/integro`;
  const people = await newPeople(base, PEOPLE);
  const loads = people.map((person) => loadOf(base, person, random));
  const errors: string[] = [];
  let requests = 0;
  const noting = async (act: Act): Promise<void> => {
    try {
      await act();
      requests += 1;
    } catch (error) {
      if (errors.length < MOST_ERRORS) errors.push(String(error));
    }
  };
  const streams = await openStreams(
    base,
    people.map(({ token }) => token),
  );
  try {
    const probeMs = Math.max(3_000, seconds * 50);
    const mostPerSecond = await asFastAsItGoes(loads, noting, probeMs, () => requests);
    const perSecond = mostPerSecond * SHARE;
    const startedMs = performance.now();
    const endMs = startedMs + seconds * 1000;
    requests = 0;
    const samples: Sample[] = [];
    const sampling = (async () => {
      while (performance.now() < endMs) {
        samples.push({ atMs: performance.now() - startedMs, residentBytes: residentBytes(pid) });
        await pause(SAMPLE_EVERY_MS);
      }
    })();
    const signIns = signingInAndOut(base, endMs, noting);
    await Promise.all(
      loads.map(async (load, lane) => {
        const everyMs = (PEOPLE * 1000) / perSecond;
        // One after the other, not all at once.
        for (let turn = lane / PEOPLE; ; turn += 1) {
          const dueMs = startedMs + turn * everyMs;
          if (dueMs >= endMs) return;
          const aheadMs = dueMs - performance.now();
          if (aheadMs > 1) await pause(aheadMs);
          await noting(load());
        }
      }),
    );
    const tookS = (performance.now() - startedMs) / 1000;
    await sampling;
    const warm = samples.filter(({ atMs }) => atMs >= seconds * 200);
    return {
      seconds: tookS,
      mostPerSecond,
      perSecond: requests / tookS,
      requests,
      signIns: await signIns,
      events: streams.events(),
      errors: [...errors, ...streams.broken()],
      memory: courseOf(warm),
    };
  } finally {
    streams.close();
  }
}

async function asFastAsItGoes(
  loads: readonly (() => Act)[],
  noting: (act: Act) => Promise<void>,
  forMs: number,
  requests: () => number,
): Promise<number> {
  const startedMs = performance.now();
  await Promise.all(
    loads.map(async (load) => {
      while (performance.now() - startedMs < forMs) await noting(load());
    }),
  );
  return (requests() * 1000) / (performance.now() - startedMs);
}

/** @returns how often somebody signed in and out. */
async function signingInAndOut(
  base: string,
  endMs: number,
  noting: (act: Act) => Promise<void>,
): Promise<number> {
  const email = `${randomUUID()}@example.org`;
  await createAccount(base, email);
  let times = 0;
  while (performance.now() < endMs) {
    await noting(async () => {
      const { token } = await signIn(base, email);
      const { status } = await call(`${base}/v1/session`, 'DELETE', { token });
      if (status !== 204) throw new Error(`signing out was answered ${status}`);
    });
    times += 1;
    await pause(SIGN_IN_EVERY_MS);
  }
  return times;
}
