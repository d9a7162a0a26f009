import type { Person } from '../server/people.js';
import { mustBeReceived } from '../server/throughput.js';

/** One request that a person's client makes. @throws Error for an answer that is not as it should be. */
export type Act = () => Promise<void>;

/** What clients do, and how often each is done among 20 requests. */
const MIX = { one: 8, batch: 2, repeat: 1, pull: 4, session: 2, manifest: 2, policy: 1 } as const;
type Kind = keyof typeof MIX;
const KINDS = Object.entries(MIX).flatMap(([kind, share]) =>
  Array.from({ length: share }, () => kind as Kind),
);

const SMALL_BATCH = 20;

/** Draws one request after another for a person. @param base of the service. */
export function loadOf(base: string, person: Person, random: () => number): () => Act {
  const { token } = person;
  let lastPush: string | null = null;
  let cursor = '';
  let manifestTag = '';

  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    const answer = await fetch(base + path, { ...init, headers });
    if (answer.ok || answer.status === 304) return answer;
    throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  };
  const push = async (body: string): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    return (await ask('/v1/decisions', { method: 'POST', headers, body })).text();
  };
  const pushNew = async (count: number): Promise<void> => {
    const body = JSON.stringify({ entries: person.entries(count) });
    mustBeReceived(await push(body), count);
    lastPush = body;
  };

  const acts: Readonly<Record<Kind, Act>> = {
    one: () => pushNew(1),
    batch: () => pushNew(SMALL_BATCH),
    async repeat() {
      if (lastPush === null) return pushNew(1);
      const text = await push(lastPush);
      if (!text.includes('"repeated"') || text.includes('"received"')) throw new Error(text);
    },
    async pull() {
      const answer = await ask(`/v1/decisions?after=${cursor}`);
      ({ cursor } = (await answer.json()) as { readonly cursor: string });
    },
    async session() {
      await (await ask('/v1/session')).text();
    },
    async manifest() {
      const answer = await ask('/manifest', { headers: { 'if-none-match': manifestTag } });
      manifestTag = answer.headers.get('etag') ?? '';
      await answer.text();
    },
    async policy() {
      await (await ask('/policy')).text();
    },
  };
  return () => acts[KINDS[Math.floor(random() * KINDS.length)] ?? 'one'];
}
