/** Whether a host, with or without a port, is this very machine: the only place where an address may be in the clear. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The protocols in which something is fetched over a network, and whether each is encrypted. */
const NETWORK = new Map([
  ['https:', true],
  ['wss:', true],
  ['http:', false],
  ['ws:', false],
]);

/** What an address comes to for the gate: a host to be allowed or not, or something that is never allowed. */
export type ReadAddress =
  | { readonly kind: 'host'; readonly host: string }
  /** In the clear across a network, with a name and a password in it, or no address that is fetched over a network. */
  | { readonly kind: 'in-the-clear' | 'not-an-address' };

/** Reads an address that a tool or a page wants to reach. Never throws. */
export function readAddress(address: string): ReadAddress {
  if (!URL.canParse(address)) return { kind: 'not-an-address' };
  const { protocol, host, username, password } = new URL(address);
  const isEncrypted = NETWORK.get(protocol);
  if (isEncrypted === undefined || host === '' || username !== '' || password !== '') {
    return { kind: 'not-an-address' };
  }
  if (!isEncrypted && !isLoopbackHost(host)) return { kind: 'in-the-clear' };
  return { kind: 'host', host };
}
