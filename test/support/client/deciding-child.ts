import { writeSync } from 'node:fs';
import { openRig } from './core-rig.js';
import { memoryKeychain } from './memory-keychain.js';
import { START_MS } from './sample-decision.js';

/** The account that the child speaks for. */
export const CHILD_ACCOUNT = 'account-of-the-child';

/**
 * Presses one answer after another as fast as it can, and writes the id of each decision to standard output only once
 * the client has said that it is kept. Where one is not kept, it writes why and ends.
 * @param args the profile's folder.
 */
export async function main([folder = '']: readonly string[]): Promise<void> {
  const rig = openRig({
    folder,
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain: memoryKeychain(),
    clock: { nowMs: START_MS },
  });
  rig.store.sessions.put({
    service: 'alpha',
    accountId: CHILD_ACCOUNT,
    sessionId: 'session-of-the-child',
    baseAddress: 'http://127.0.0.1:9/alpha',
    handle: 'h'.repeat(43),
    expiresAtMs: START_MS + 86_400_000,
    remembered: true,
    state: 'active',
    pulled: true,
    pullCursor: '',
    seenRow: 0,
    deviceChoices: 'kept-apart',
    beganRow: 0,
    arrival: 'told',
  });
  for (let press = 0; ; press += 1) {
    const outcome = await rig.handlers['consent.decide']({
      service: 'alpha',
      revision: rig.view().revision,
      action: press % 2 === 0 ? 'accept-all' : 'necessary-only',
      surface: 'settings',
      choices: {},
    });
    if (!outcome.ok) {
      writeSync(1, `${JSON.stringify(outcome.error)}\n`);
      process.exit(0);
    }
    const [head] = rig.store.register.headsOf('alpha', CHILD_ACCOUNT, 'analytics');
    writeSync(1, `${head?.id ?? 'none'}\n`);
  }
}
