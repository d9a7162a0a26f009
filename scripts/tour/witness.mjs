import { spawnSync } from 'node:child_process';

/**
 * What an independent program finds of Sayso in the keychain. The tour's keychain is its own, so everything in it is of
 * the tour.
 *
 * @returns {string[] | null} account names; null where that program is not installed
 */
export function keychainAccounts() {
  const found = spawnSync('secret-tool', ['search', '--all', 'service', 'Sayso'], {
    encoding: 'utf8',
  });
  if (found.error) return null;
  const lines = `${found.stdout}\n${found.stderr}`.split('\n');
  return lines.flatMap((line) => /^attribute\.account = (.*)$/.exec(line)?.[1] ?? []);
}

/** @returns {string | null} the one token of the tour; null where there is none, or no program to look with */
export function keychainToken() {
  const account = keychainAccounts()?.find((name) => name.endsWith('/token'));
  if (account === undefined) return null;
  const args = ['lookup', 'service', 'Sayso', 'account', account];
  return spawnSync('secret-tool', args, { encoding: 'utf8' }).stdout.trim();
}
