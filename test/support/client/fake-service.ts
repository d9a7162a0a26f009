import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Fetch } from '../../../src-main/api/index.js';
import {
  pulledSchema,
  pushedSchema,
  pushSchema,
  revokeSchema,
  signInSchema,
  type ProblemType,
  type PulledEntry,
} from '../../../src-shared/api-contract.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import type { DeviceKey } from '../../../src-shared/ledger/keys.js';
import { newChain, newSigner } from '../../integration/server/support/signer.js';
import { secondThumbprint } from '../second/hashes.js';
import { takeEntry } from './fake-service-entry.js';
import type { ReceiptSigner } from './receipt-signer.js';

/** An account and everything the service keeps of it, in order of arrival. */
export interface FakeAccount {
  readonly id: string;
  readonly email: string;
  readonly kept: PulledEntry[];
  /** The keys of its devices, past ones too. */
  readonly keys: DeviceKey[];
}

/** What an account has said, as far as its words are kept. */
export function decisionsOf({ kept }: Pick<FakeAccount, 'kept'>) {
  return kept.flatMap((entry) =>
    'decision' in entry ? [{ decision: entry.decision, receivedAt: entry.receivedAt }] : [],
  );
}

/** What is left of a decision that was erased or refused, as it is kept. */
export type KeptHeader = Extract<PulledEntry, { payloadHash: string }>;

/** What is left of decisions whose words are not kept. */
export function headersOf({ kept }: Pick<FakeAccount, 'kept'>): KeptHeader[] {
  return kept.flatMap((entry) => ('decision' in entry ? [] : [entry]));
}

/** A session as the service keeps it. */
export interface FakeSession {
  readonly id: string;
  readonly account: FakeAccount;
  readonly device: string;
  readonly expiresAtMs: number;
  readonly revokeHash: string | undefined;
  state: 'open' | 'session-expired' | 'session-ended';
}

/** One service behind an address, written from `src-shared/api-contract.ts` alone. */
export interface FakeService {
  readonly fetch: Fetch;
  /** `answer-lost`: the request arrives and acts, the answer does not come back. */
  network: 'online' | 'offline' | 'answer-lost';
  /** Whether requests are under way. */
  readonly busy: () => boolean;
  readonly requests: () => number;
  readonly sessions: Map<string, FakeSession>;
  account(email: string): FakeAccount;
  /** The sessions of an account that were not ended and have not run out. */
  openSessions(accountId: string): FakeSession[];
  /** Something is said about an account on another device, which signs it with a key of its own. */
  elsewhere(email: string, decision: Decision): void;
  /** Whether a grant that names this policy text is taken. */
  knowsPolicy: (policy: Decision['policy']) => boolean;
  /** The newest problem with a request that a well-behaved client never sends; empty when there was none. */
  readonly complaints: string[];
}

/** The only password there is. */
export const PASSWORD = 'correct horse battery';

const SESSION_LIFE_MS = 30 * 86_400_000;

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * @param nowMs the service's own clock.
 * @param receipts makes receipts; without it the service gives none and publishes no keys, as an older one might.
 */
export function fakeService(
  nowMs: () => number,
  receipts: ReceiptSigner | null = null,
): FakeService {
  const accounts = new Map<string, FakeAccount>();
  const sessions = new Map<string, FakeSession>();
  const complaints: string[] = [];
  const others = new Map<string, ReturnType<typeof newChain>>();
  let inFlight = 0;
  let requests = 0;

  const ok = (body: unknown, status = 200): Reply => ({ status, body });
  const problem = (type: ProblemType, status: number): Reply => ({
    status,
    body: { type, title: type, status },
  });
  const account = (email: string): FakeAccount => {
    const found = accounts.get(email) ?? {
      id: `account-${accounts.size + 1}`,
      email,
      kept: [],
      keys: [],
    };
    accounts.set(email, found);
    return found;
  };

  const signIn = (body: unknown): Reply => {
    const { email, password, device, revokeHash } = signInSchema.parse(body);
    if (password !== PASSWORD) return problem('bad-credentials', 401);
    const { publicKey } = device;
    if (!publicKey) complaints.push('a sign-in without a key');
    else {
      const kid = secondThumbprint(publicKey.x);
      account(email).keys.push({ ...publicKey, kid, device: device.id });
    }
    const token = randomBytes(32).toString('base64url');
    const session: FakeSession = {
      id: randomUUID(),
      account: account(email),
      device: device.id,
      expiresAtMs: nowMs() + SESSION_LIFE_MS,
      revokeHash,
      state: 'open',
    };
    sessions.set(token, session);
    const expiresAt = new Date(session.expiresAtMs).toISOString();
    const { id } = session.account;
    return ok({ token, sessionId: session.id, expiresAt, account: { id, email } }, 201);
  };

  const revoke = (body: unknown): Reply => {
    const bytes = Buffer.from(revokeSchema.parse(body).handle, 'base64url');
    const hash = createHash('sha256').update(bytes).digest('base64url');
    const session = [...sessions.values()].find(({ revokeHash }) => revokeHash === hash);
    const ended = session !== undefined && session.state !== 'session-ended';
    if (session) session.state = 'session-ended';
    return ok({ ended });
  };

  const ofSession = (session: FakeSession, method: string, url: URL, body: unknown): Reply => {
    const { kept, keys, id, email } = session.account;
    if (url.pathname.endsWith('/v1/session')) {
      const expiresAt = new Date(session.expiresAtMs).toISOString();
      return ok({ account: { id, email }, sessionId: session.id, expiresAt });
    }
    if (method === 'POST') {
      const { entries } = pushSchema.parse(body);
      const results = entries.map((entry) =>
        takeEntry(entry, session, {
          nowMs: nowMs(),
          knowsPolicy: service.knowsPolicy,
          complaints,
          receipts,
        }),
      );
      return ok(pushedSchema.parse({ results }));
    }
    // Pages of three, so that even a short history takes several.
    const after = Number(url.searchParams.get('after') ?? '') || 0;
    const entries = kept.slice(after, after + 3);
    const cursor = String(after + entries.length);
    const more = kept.length > after + entries.length;
    return ok(pulledSchema.parse({ entries, keys, flags: { optOutSignal: false }, cursor, more }));
  };

  const answer = (url: URL, init: RequestInit): Reply => {
    const { body: sent } = init;
    const text = sent instanceof Uint8Array ? new TextDecoder().decode(sent) : sent;
    const body: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    const method = init.method ?? 'GET';
    if (url.pathname === '/.well-known/jwks.json' && receipts) return ok({ keys: receipts.keys });
    // Its policies are those that ship with the app: it has none at its address.
    const hasNone = ['/policy', '/v1/events'].some((end) => url.pathname.endsWith(end));
    if (hasNone || url.pathname.startsWith('/.well-known/')) return problem('not-found', 404);
    if (method === 'POST' && url.pathname.endsWith('/v1/sessions')) return signIn(body);
    if (method === 'POST' && url.pathname.endsWith('/v1/sessions/revoke')) return revoke(body);
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '';
    const session = sessions.get(token);
    if (!session) return problem('session-missing', 401);
    if (session.state === 'open' && nowMs() >= session.expiresAtMs)
      session.state = 'session-expired';
    if (session.state !== 'open') return problem(session.state, 401);
    return ofSession(session, method, url, body);
  };

  const service: FakeService = {
    network: 'online',
    sessions,
    complaints,
    knowsPolicy: () => true,
    busy: () => inFlight > 0,
    requests: () => requests,
    account,
    openSessions: (accountId) =>
      [...sessions.values()].filter(
        (session) =>
          session.account.id === accountId &&
          session.state === 'open' &&
          nowMs() < session.expiresAtMs,
      ),
    elsewhere(email, decision) {
      const { kept, keys } = account(email);
      const name = `${email} ${decision.device}`;
      const known = others.get(name);
      const signer = newSigner();
      const chain = known ?? newChain(signer);
      if (!known) {
        others.set(name, chain);
        keys.push({ ...signer.publicKey, kid: signer.kid, device: decision.device });
      }
      kept.push({ ...chain.next(decision), receivedAt: new Date(nowMs()).toISOString() });
    },
    async fetch(address, init) {
      inFlight += 1;
      requests += 1;
      try {
        await Promise.resolve();
        if (init.signal?.aborted || service.network === 'offline')
          throw new TypeError('fetch failed');
        const { status, body } = answer(new URL(address), init);
        if (service.network === 'answer-lost') throw new TypeError('fetch failed');
        const type = status < 400 ? 'application/json' : 'application/problem+json';
        return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
      } finally {
        inFlight -= 1;
      }
    },
  };
  return service;
}
