import { hash, verify } from '@node-rs/argon2';
import type { RandomBytes } from './secrets.js';

/** Argon2id with the first set of parameters of the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords, which are never kept. */
export interface Passwords {
  /** The PHC string to keep instead of the password. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password belongs to the kept hash. Without one (no such account) just as much work is done before the
   * answer is no, so that the time taken does not tell which addresses have accounts.
   */
  check(password: string, keptHash: string | undefined): Promise<boolean>;
}

/** Makes the checker, with a hash of its own that no password belongs to. */
export async function createPasswords(randomBytes: RandomBytes): Promise<Passwords> {
  const nobodys = await hash(Buffer.from(randomBytes(32)), ARGON2ID);
  return {
    hash: (password) => hash(normalised(password), ARGON2ID),
    async check(password, keptHash) {
      const fits = await verify(keptHash ?? nobodys, normalised(password));
      return fits && keptHash !== undefined;
    },
  };
}

/**
 * What an account without a password has in the place of a hash: one of the same form, picked at random, so that every check
 * against it takes as long as any other and comes to no.
 */
export function hashOfNoPassword(randomBytes: RandomBytes): string {
  const part = (length: number): string =>
    Buffer.from(randomBytes(length)).toString('base64').replaceAll('=', '');
  const { memoryCost, timeCost, parallelism } = ARGON2ID;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${part(16)}$${part(32)}`;
}

/** Keyboards differ in how they compose the same letter (NIST SP 800-63B asks for one form before hashing). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
