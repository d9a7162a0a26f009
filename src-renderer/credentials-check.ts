/** What is wrong with what was typed, before anything is sent. */
export interface CredentialsFaults {
  readonly email: 'missing' | null;
  readonly password: 'missing' | 'short' | null;
}

/** Shortest password a new account may have, in characters; the server refuses shorter ones too. */
export const SHORTEST_PASSWORD = 8;

/**
 * Looks at e-mail and password. Only a new password is held to a length: an old one is the server's to judge.
 * The address is checked for its shape alone, because only a message to it could prove more.
 */
export function credentialsFaults(
  email: string,
  password: string,
  purpose: 'sign-in' | 'create',
): CredentialsFaults {
  const hasShape = /^[^\s@]+@[^\s@]+$/.test(email.trim());
  const tooShort = purpose === 'create' && password.length < SHORTEST_PASSWORD;
  return {
    email: hasShape ? null : 'missing',
    password: password.length === 0 ? 'missing' : tooShort ? 'short' : null,
  };
}
