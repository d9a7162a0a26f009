import { randomInt } from 'node:crypto';
import { alternate } from '../../../scripts/bench/pairs.mjs';
import type { Measured } from '../../../scripts/bench/rows.mjs';
import { newPeople } from './people.js';
import { createPoster } from './post.js';

interface Options {
  /** Addresses of a running reference server and of a running @c15t/backend. */
  readonly ours: string;
  readonly peer: string;
  /** Put behind the names of the rows. */
  readonly suffix: string;
  readonly hasGoal: boolean;
  readonly pairs: number;
  /** How many decisions one value is measured over, one by one. */
  readonly decisions: number;
  readonly random: () => number;
}

/** As many requests are on their way at once, each for somebody else. */
const LANES = 8;
const BATCH = 500;
const FIRST_CONSENT_MS = Date.parse('2026-01-01T00:00:00.000Z');

/**
 * Decisions per second that are taken, one in a request and 500 in a request, beside @c15t/backend, which knows only one in a
 * request. What is sent is made, signed and written as JSON before the clock starts; every answer is read and looked at.
 */
export async function measureThroughput(options: Options): Promise<Measured[]> {
  const { pairs, random, suffix, hasGoal } = options;
  const base = `${options.ours}/integro`;
  const people = await newPeople(base, LANES);
  const ours = createPoster(base, LANES);
  const peer = createPoster(options.peer, LANES);
  const perLane = Math.ceil(options.decisions / LANES);
  // c15t takes two consents of a subject at the same moment for one, and keeps one.
  let said = 0;
  const subjects = Array.from({ length: LANES }, newSubject);

  const oneByOne = async (): Promise<number> => {
    const lanes = people.map((person) => ({
      token: person.token,
      bodies: person.entries(perLane).map((entry) => JSON.stringify({ entries: [entry] })),
    }));
    return perSecond(perLane * LANES, () =>
      Promise.all(
        lanes.map(async ({ token, bodies }) => {
          for (const body of bodies)
            mustBeReceived(await ours.post('/v1/decisions', body, token), 1);
        }),
      ),
    );
  };
  const batches = async (): Promise<number> => {
    const [person] = people;
    if (!person) throw new Error('nobody is there');
    const body = JSON.stringify({ entries: person.entries(BATCH) });
    return perSecond(BATCH, async () => {
      mustBeReceived(await ours.post('/v1/decisions', body, person.token), BATCH);
    });
  };
  const peerOneByOne = async (): Promise<number> => {
    const lanes = subjects.map((subjectId) =>
      Array.from({ length: perLane }, () => consentBody(subjectId, (said += 1))),
    );
    return perSecond(perLane * LANES, () =>
      Promise.all(
        lanes.map(async (bodies) => {
          for (const body of bodies) mustHaveConsent(await peer.post('/subjects', body));
        }),
      ),
    );
  };
  try {
    const each = { pairs, warmUp: 1, random, baseline: peerOneByOne };
    const one = await alternate({ ...each, ours: oneByOne });
    const batch = await alternate({ ...each, ours: batches });
    const shared = `@c15t/backend 2.2.1 with its Kysely adapter on the same better-sqlite3, with the same pragmas, one in a request`;
    const notes = [
      `both in a process of their own on the same Node; ${LANES} requests on their way at once, each for somebody else; an existing subject of c15t each`,
      'ours checks a signature, keeps a chain and signs a receipt; c15t keeps a consent and answers its id',
    ];
    return [
      {
        name: `server-one${suffix}`,
        unit: 'decisions/s',
        what: `decisions taken, one in a request ÷ ${shared}`,
        ...one,
        goal: hasGoal ? { is: 'at least', ratio: 5 } : null,
        notes,
      },
      {
        name: `server-batch${suffix}`,
        unit: 'decisions/s',
        what: `decisions taken, ${BATCH} in a request, one request after another ÷ ${shared}`,
        ...batch,
        goal: hasGoal ? { is: 'at least', ratio: 25 } : null,
        notes: [
          'c15t takes no batches; the entries of a batch are one run of a chain, so that one signature proves them all, and one signature is put under all receipts',
        ],
      },
    ];
  } finally {
    ours.close();
    peer.close();
  }
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (count * 1000) / (performance.now() - startedMs);
}

/** @throws Error where not so many entries were received for the first time. */
export function mustBeReceived(text: string, count: number): void {
  const received = text.split('"status":"received"').length - 1;
  if (received !== count) throw new Error(`${received} of ${count}: ${text.slice(0, 500)}`);
}

function mustHaveConsent(text: string): void {
  if (!text.includes('"consentId"')) throw new Error(`no consent: ${text.slice(0, 500)}`);
}

/** In the form that c15t asks of the ids that its clients make. */
function newSubject(): string {
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const drawn = Array.from({ length: 22 }, () => letters[randomInt(letters.length)]);
  return `sub_${drawn.join('')}`;
}

function consentBody(subjectId: string, index: number): string {
  return JSON.stringify({
    type: 'cookie_banner',
    subjectId,
    domain: 'example.com',
    preferences: { necessary: true, measurement: index % 2 === 0 },
    givenAt: FIRST_CONSENT_MS + index * 1000,
    metadata: {},
  });
}
