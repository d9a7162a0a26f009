import { spawnSync } from 'node:child_process';

/** What the keychain holds for a profile, read by an independent witness: its attributes, and the secrets. */
export function keychainEntries(profileId: string): {
  accounts: string[];
  secrets: string[];
  /** The session tokens among the secrets. */
  tokens: string[];
} {
  const blocks = searchedKeychain().split('\n');
  const accounts = blocks.flatMap((line) => /^attribute\.account = (.*)$/.exec(line)?.[1] ?? []);
  const mine = accounts.filter((account) => account.includes(profileId));
  const tokens = mine.filter((account) => account.endsWith('/token'));
  return { accounts: mine.toSorted(), secrets: mine.map(secretOf), tokens: tokens.map(secretOf) };
}

/**
 * Everything of Sayso's in the keyring that tests share. Where another test deletes an entry in the middle of it, the program leaves
 * others out and complains; only what it says without complaint counts.
 */
function searchedKeychain(): string {
  for (;;) {
    const args = ['search', '--all', 'service', 'Sayso'];
    const { status, stdout, stderr, error } = spawnSync('secret-tool', args, { encoding: 'utf8' });
    if (error) throw error;
    const complaint = /^secret-tool: (.*)$/m.exec(stderr)?.[1];
    if (status === 0 && complaint === undefined) return `${stdout}\n${stderr}`;
    if (!/no such (secret item|object|interface)|does not exist/i.test(complaint ?? ''))
      throw new Error(`secret-tool: ${complaint ?? `ended with ${status}`}`);
  }
}

function secretOf(account: string): string {
  const args = ['lookup', 'service', 'Sayso', 'account', account];
  return spawnSync('secret-tool', args, { encoding: 'utf8' }).stdout.trim();
}
