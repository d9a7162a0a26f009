import { z } from 'zod';
import { passwordChangeSchema } from '../../src-shared/api-contract.js';
import { changePassword } from '../auth/change-password.js';
import { sessionOf } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { BEARER, problems, OF_A_SESSION } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';
import { tooMany } from '../http/too-many.js';

/** Signed in is who asks, so a wrong password is no 401, which would say something about the session. */
const WRONG_PASSWORD_STATUS = 403;

/** What a signed-in person does with their account as a whole. */
export function addOwnAccountRoutes(scope: Scope, context: ServiceContext): void {
  const { store } = context;
  scope.put(
    '/v1/account/password',
    {
      schema: {
        operationId: 'changePassword',
        summary: 'Changes the password and ends all other sessions of the account',
        security: BEARER,
        body: passwordChangeSchema,
        response: {
          204: z.undefined().describe('The password is changed.'),
          ...problems(
            'bad-request',
            'body-too-large',
            { type: 'bad-credentials', status: WRONG_PASSWORD_STATUS },
            ...OF_A_SESSION,
          ),
        },
      },
    },
    async (request, reply) => {
      const changed = await changePassword(context, sessionOf(request), request.body, request.ip);
      if (changed.ok) return reply.code(204).send();
      if (changed.error.code === 'too-many-requests') throw tooMany(changed.error.waitMs);
      throw new ProblemError(problemOf('bad-credentials', undefined, WRONG_PASSWORD_STATUS));
    },
  );
  scope.delete(
    '/v1/account',
    {
      schema: {
        operationId: 'eraseAccount',
        summary: 'Erases the account with its sessions, decisions and keys; nothing of it stays',
        security: BEARER,
        response: {
          204: z.undefined().describe('The account is erased.'),
          ...problems('sign-in-not-fresh', ...OF_A_SESSION),
        },
      },
    },
    async (request, reply) => {
      const { account_id: accountId } = sessionOf(request);
      // Such an account has no password that could have opened this session: the token alone proves too little.
      if (await store.providerPersons.has(accountId))
        throw new ProblemError(problemOf('sign-in-not-fresh'));
      await store.accounts.erase(accountId);
      store.announcements.announce({ kind: 'sessions', accountId });
      return reply.code(204).send();
    },
  );
}
