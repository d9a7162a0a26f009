import { credentialsSchema, newAccountSchema } from '../../src-shared/api-contract.js';
import { emailKey } from '../auth/email.js';
import { networkOf } from '../auth/network.js';
import { newId } from '../auth/secrets.js';
import type { ServiceContext } from '../context.js';
import { NO_TOKEN, problems } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';
import { spend } from '../http/too-many.js';

/** Making an account. That an address has one already is said openly, so asking is limited per address of the network. */
export function addAccountRoutes(scope: Scope, context: ServiceContext): void {
  const { service, store, passwords, limiters, randomBytes, nowMs } = context;
  scope.post(
    '/v1/accounts',
    {
      schema: {
        operationId: 'createAccount',
        summary: 'Makes an account',
        security: NO_TOKEN,
        body: credentialsSchema,
        response: {
          201: newAccountSchema,
          ...problems('bad-request', 'body-too-large', 'account-exists', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      spend(limiters.accountsPerAddress, networkOf(request.ip));
      const { email, password } = request.body;
      const exists = new ProblemError(problemOf('account-exists'));
      // Looked up first, because hashing a password for nothing is what a flood of such requests would live on.
      if (await store.accounts.findByEmail(service.id, emailKey(email))) throw exists;
      const account = {
        id: newId(randomBytes),
        service: service.id,
        email,
        email_key: emailKey(email),
        password_hash: await passwords.hash(password),
        created_at_ms: nowMs(),
      };
      if (!(await store.accounts.add(account))) throw exists;
      return reply.code(201).send({ account: { id: account.id, email } });
    },
  );
}
