import type { SessionFailure } from '../../src-shared/failures.js';
import { failed, type Result } from '../../src-shared/result.js';
import type { SubjectView } from '../../src-shared/views.js';
import type { EntrySigner } from '../ledger/index.js';
import { createBrowserSignIn, type BrowserParts, type BrowserSignIn } from './browser/index.js';
import { sessionFailureOf } from './failure.js';
import type { SessionParts } from './parts.js';
import { signIn, type Credentials } from './sign-in.js';
import { signOut } from './sign-out.js';
import { endUnremembered, settleSessions, unlockSessions } from './start.js';
import { subjectViewOf } from './subject-view.js';
import { createLiveSessions } from './tokens.js';

/** What is needed to speak for an account. */
export interface SessionAccess {
  readonly token: string;
  readonly baseAddress: string;
  readonly accountId: string;
  readonly emailKnown: boolean;
}

/** Signing in and out, per service. */
export interface Sessions {
  settle(): void;
  unlock(services: readonly string[], onUnlocked: (service: string) => void): Promise<void>;
  view(service: string): SubjectView;
  access(service: string): SessionAccess | null;
  /** Whose refusals may travel without a token: those of an account whose session ran out. Null for anybody else. */
  withoutToken(service: string): Omit<SessionAccess, 'token' | 'emailKnown'> | null;
  /** This device's key for the account that is signed in; null while it is locked, and signed out. */
  signerOf(service: string): EntrySigner | null;
  /** The other way to sign in, for services that offer it. */
  readonly browser: BrowserSignIn;
  createAccount(credentials: Credentials): Promise<Result<null, SessionFailure>>;
  signIn(credentials: Credentials): Promise<Result<null, SessionFailure>>;
  signOut(service: string): Promise<Result<null, SessionFailure>>;
  learnEmail(service: string, email: string): void;
  /** The server no longer accepts the session: it ran out (the subject stays), or it was ended elsewhere (it is signed out here). */
  rejected(service: string, reason: 'expired' | 'ended'): Promise<void>;
  /** Quitting is signing out for sessions that were not to be kept. */
  endUnremembered(): void;
}

export function createSessions(given: Omit<SessionParts, 'live'> & BrowserParts): Sessions {
  const live = createLiveSessions();
  const parts = { ...given, live };
  const { store, api, onChange } = parts;
  const browser = createBrowserSignIn(parts);
  const signedIn = (service: string): boolean => live.get(service) !== null;

  return {
    browser,
    settle: () => {
      settleSessions(parts);
    },
    unlock: (services, onUnlocked) => unlockSessions(parts, services, onUnlocked),

    view(service) {
      const running = live.get(service) && parts.vaults.read(service);
      return subjectViewOf(store.sessions.get(service), running);
    },

    access(service) {
      const session = store.sessions.get(service);
      const running = live.get(service);
      if (!running || session?.state !== 'active') return null;
      const { baseAddress, accountId } = session;
      return { token: running.token, baseAddress, accountId, emailKnown: running.isAsked };
    },

    withoutToken(service) {
      const session = store.sessions.get(service);
      if (session?.state !== 'expired' || !live.keyIsKnown(service)) return null;
      return { baseAddress: session.baseAddress, accountId: session.accountId };
    },

    signerOf: (service) => live.keyOf(service),

    async createAccount(credentials) {
      browser.cancel(credentials.service);
      const baseAddress = parts.baseAddressOf(credentials.service);
      if (baseAddress === null) return failed({ code: 'unknown-service' });
      if (signedIn(credentials.service)) return failed({ code: 'already-signed-in' });
      const { email, password } = credentials;
      const made = await api.createAccount(baseAddress, { email, password });
      return made.ok ? signIn(parts, credentials) : failed(sessionFailureOf(made.error));
    },
    async signIn(credentials) {
      browser.cancel(credentials.service);
      if (signedIn(credentials.service)) return failed({ code: 'already-signed-in' });
      return signIn(parts, credentials);
    },
    signOut(service) {
      browser.cancel(service);
      return signOut(parts, service);
    },

    learnEmail(service, email) {
      const running = live.get(service);
      if (!running) return;
      live.set(service, { ...running, isAsked: true });
      if (parts.vaults.read(service).email !== email) parts.vaults.put(service, { email });
      onChange(service);
    },

    async rejected(service, reason) {
      browser.cancel(service);
      if (reason === 'ended') {
        await signOut(parts, service);
        return;
      }
      live.keepOnlyKey(service, live.keyOf(service));
      parts.vaults.wipe(service);
      store.commit(() => store.sessions.change(service, { state: 'expired' }));
      onChange(service);
    },

    endUnremembered: () => {
      endUnremembered(parts);
    },
  };
}
