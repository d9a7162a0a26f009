import type { BrowserWay, Manifest, ServiceProfile } from '../src-shared/manifest.js';

/** Where services are; null for an id that no usable profile has. */
export interface Addresses {
  readonly manifestOf: (service: string) => Manifest | null;
  /** The base address of the interface. */
  readonly baseAddressOf: (service: string) => string | null;
  /** The provider that people sign in at; null where it is address and password. */
  readonly browserWayOf: (service: string) => BrowserWay | null;
  /** Where the service's own pages begin. */
  readonly siteOf: (service: string) => string | null;
}

/** @param server where all services are in development and tests; null: each at its profile's own address. */
export function createAddresses(
  profiles: readonly ServiceProfile[],
  server: string | null,
): Addresses {
  const manifestOf = (service: string): Manifest | null =>
    profiles.find(({ manifest }) => manifest.id === service)?.manifest ?? null;
  return {
    manifestOf,
    baseAddressOf(service) {
      const manifest = manifestOf(service);
      if (!manifest) return null;
      return server === null ? manifest.baseAddress : `${server}/${manifest.id}`;
    },
    browserWayOf(service) {
      const way = manifestOf(service)?.signIn ?? 'password';
      return way === 'password' ? null : way;
    },
    siteOf(service) {
      const manifest = manifestOf(service);
      if (!manifest) return null;
      if (server !== null) return `${server}/${manifest.id}/`;
      return manifest.site ?? new URL('/', manifest.baseAddress).href;
    },
  };
}
