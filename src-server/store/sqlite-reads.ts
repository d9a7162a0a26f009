import { publicKeySchema } from '../../src-shared/ledger/keys.js';
import type { SessionWithEmail } from './sessions.js';
import type { ReadsPerCall } from './store.js';
import type { Statements } from './sqlite-statements.js';

/**
 * What every call with a token asks, read at once by prepared statements. There is one connection, on which a transaction's
 * unfinished changes could be seen, so while one is open the question is put behind it instead.
 * @param isFree whether no transaction is open.
 * @param behind asks the same once it is its turn.
 */
export function quickReads(
  { first, all }: Statements,
  isFree: () => boolean,
  behind: ReadsPerCall,
): ReadsPerCall {
  const sessionByToken = first<SessionWithEmail>(
    `select sessions.*, accounts.email from sessions inner join accounts on accounts.id = sessions.account_id
      where sessions.token_hash = ? and sessions.service = ?`,
  );
  const keysOfDevice = all<{ readonly kid: string; readonly jwk: string }>(
    'select kid, jwk from device_keys where account_id = ? and device_id = ?',
  );
  return {
    async findByToken(service, tokenHash) {
      if (!isFree()) return behind.findByToken(service, tokenHash);

      return sessionByToken(tokenHash, service);
    },
    async ofDevice(accountId, deviceId) {
      if (!isFree()) return behind.ofDevice(accountId, deviceId);
      const rows = keysOfDevice(accountId, deviceId);
      return new Map(rows.map(({ kid, jwk }) => [kid, publicKeySchema.parse(JSON.parse(jwk))]));
    },
  };
}
