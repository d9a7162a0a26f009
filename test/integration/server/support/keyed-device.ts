import type { NewSession } from '../../../../src-shared/api-contract.js';
import { createAccount, signIn } from './client.js';
import { newSigner, type Signer } from './signer.js';

/** A signed-in device with a key. */
export interface KeyedDevice {
  readonly session: NewSession;
  readonly signer: Signer;
  readonly token: string;
  /** The account's id. */
  readonly me: string;
}

/** Signs a device in that brings a key; the account is made unless it is said to be there. */
export async function keyedDevice(
  base: string,
  email: string,
  { create = true, id = 'device-1', signer = newSigner() } = {},
): Promise<KeyedDevice> {
  if (create) await createAccount(base, email);
  const device = { id, name: 'Desk', publicKey: signer.publicKey };
  const session = await signIn(base, email, { device });
  return { session, signer, token: session.token, me: session.account.id };
}
