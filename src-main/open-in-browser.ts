import { shell } from 'electron';
import { isBrowserAddress } from './session/index.js';

/**
 * Opens an address in the system's browser, which may start any program for a scheme of its own: so none but web addresses. The
 * one that comes here was held against the provider in the service's profile before.
 * @returns whether the system took it.
 */
export async function openInBrowser(address: string): Promise<boolean> {
  if (!isBrowserAddress(address)) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}
