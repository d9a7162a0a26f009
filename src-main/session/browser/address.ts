import { isAllowedBaseAddress } from '../../../src-shared/manifest.js';

/** Whether the system's browser may be sent there at all: https or this machine, no name or password, no fragment. */
export function isBrowserAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { href, hash } = new URL(address);
  return hash === '' && isAllowedBaseAddress(href.split('?')[0] ?? '');
}

/** Whether the person may be sent there to sign in: a page of the very provider that the service's profile names. */
export function isPageOf(issuer: string, address: string): boolean {
  return isBrowserAddress(address) && new URL(address).origin === new URL(issuer).origin;
}

/** Whether secrets of a sign-in may go there: https, or this machine where the provider itself is on it. */
export function isSafeEndpoint(issuer: string, address: string): boolean {
  return isBrowserAddress(address) && new URL(address).protocol === new URL(issuer).protocol;
}
