/** The name under which every secret of Sayso is listed in the system's own keychain tool. */
export const KEYCHAIN_SERVICE = 'Sayso';

/** The keychain account of this device's key for an account: `<service>/<profile id>/device`. */
export function deviceAccount(service: string, profileId: string): string {
  return `${service}/${profileId}/device`;
}

/** The keychain account of a service's session token: `<service>/<profile id>/token`. */
export function tokenAccount(service: string, profileId: string): string {
  return `${service}/${profileId}/token`;
}

/** The keychain account of the key that seals what is kept of an account: `<service>/<profile id>/vault`. */
export function vaultAccount(service: string, profileId: string): string {
  return `${service}/${profileId}/vault`;
}
