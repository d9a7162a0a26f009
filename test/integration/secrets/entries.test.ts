import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretServiceProbe } from '../../../src-main/secrets/secret-service/probe.js';
import type { KeychainEntry } from '../../../src-main/secrets/types.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';
import { startKeyring } from '../../support/secret-service/keyring.js';
import { startPrivateBus, type PrivateBus } from '../../support/secret-service/private-bus.js';

/** Far from every real one. */
const NAME = 'sayso-test-of-entries';

let temporary: TemporaryFolder;
let bus: PrivateBus;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  temporary = temporaryFolder('entries');
  bus = await startPrivateBus(temporary.folder);
  ends.push(() => bus.stop());
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  temporary.remove();
});

function entries(): Promise<readonly KeychainEntry[] | null> {
  const environment = { DBUS_SESSION_BUS_ADDRESS: bus.address };
  const probe = createSecretServiceProbe(environment, process.getuid?.() ?? 0);
  return probe.entries(NAME, new AbortController().signal);
}

/** Puts a secret in, as any program may. */
function keep(secret: string, ...attributes: readonly string[]): void {
  const kept = spawnSync('secret-tool', ['store', '--label=x', ...attributes], {
    input: secret,
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: bus.address },
  });
  if (kept.status !== 0) throw new Error(String(kept.error ?? kept.stderr));
}

describe.runIf(process.platform === 'linux')('the entries of a keychain', () => {
  it('are those under the name, with when they were made, and no secret is asked for', async () => {
    const keyring = await startKeyring(bus, path.join(temporary.folder, 'keyring'));
    ends.push(() => keyring.kill());
    expect(await entries()).toEqual([]);
    const beforeMs = Math.floor(Date.now() / 1000) * 1000;
    keep('first secret', 'service', NAME, 'account', 'alpha/token');
    keep('second secret', 'service', NAME, 'account', 'beta/anchor');
    keep('of another program', 'service', 'somebody-else', 'account', 'alpha/token');
    keep('without an account', 'service', NAME, 'colour', 'blue');
    const found = await entries();
    expect(found?.map(({ account }) => account).toSorted()).toEqual(['alpha/token', 'beta/anchor']);
    for (const { madeAtMs } of found ?? []) {
      expect(madeAtMs).toBeGreaterThanOrEqual(beforeMs);
      expect(madeAtMs).toBeLessThanOrEqual(Date.now());
    }
    await keyring.kill();
    ends.pop();
    expect(await entries()).toBeNull();
  });

  it('are not known where no keychain is', async () => {
    expect(await entries()).toBeNull();
  });
});
