import type { NewSession } from '../../../../src-shared/api-contract.js';
import { call, newHandle, PASSWORD, signIn } from './client.js';

/** A session with the handle that ends it. */
export type Endable = NewSession & { readonly handle: string };

/** Signs in, on a device of its own, to a session that every one of `ENDINGS` can end. */
export async function endableSession(base: string, email: string): Promise<Endable> {
  const { handle, revokeHash } = newHandle();
  return { ...(await signIn(base, email, { revokeHash })), handle };
}

/** Ends `session`, an account's of the address `email`, at `base`. */
export type End = (base: string, email: string, session: Endable) => Promise<void>;

const elsewhere = async (base: string, email: string): Promise<string> =>
  (await signIn(base, email)).token;

/** Every way in which a session ends before its time, with words that read on after "a session that". */
export const ENDINGS: readonly (readonly [how: string, end: End])[] = [
  [
    'is signed out',
    (base, _email, { token }) => done(call(`${base}/v1/session`, 'DELETE', { token })),
  ],
  [
    'is ended from another device',
    async (base, email, { sessionId }) => {
      const token = await elsewhere(base, email);
      return done(call(`${base}/v1/sessions/${sessionId}`, 'DELETE', { token }));
    },
  ],
  [
    'ends because the password is changed elsewhere',
    async (base, email) => {
      const token = await elsewhere(base, email);
      const body = { currentPassword: PASSWORD, newPassword: 'another one 2' };
      return done(call(`${base}/v1/account/password`, 'PUT', { token, body }));
    },
  ],
  [
    'goes with its account',
    async (base, email) => {
      const token = await elsewhere(base, email);
      return done(call(`${base}/v1/account`, 'DELETE', { token }));
    },
  ],
  [
    'is revoked by its handle',
    (base, _email, { handle }) =>
      done(call(`${base}/v1/sessions/revoke`, 'POST', { body: { handle } })),
  ],
];

async function done(answering: ReturnType<typeof call>): Promise<void> {
  const { status, text } = await answering;
  if (status >= 300) throw new Error(`${status} ${text}`);
}
