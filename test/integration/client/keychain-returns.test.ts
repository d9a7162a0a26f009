import { expect, onTestFinished, test } from 'vitest';
import { EMAILS } from '../../support/client/client-checks.js';
import { openRig, type Rig } from '../../support/client/core-rig.js';
import { fakeService, PASSWORD } from '../../support/client/fake-service.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { quiet } from '../../support/client/quiet.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

test('a keychain that answers again, whatever it was asked for, opens the session that waits for it', async () => {
  const { folder, remove } = temporaryFolder('keychain-returns');
  const clock = { nowMs: START_MS };
  const service = fakeService(() => clock.nowMs);
  const keychain = memoryKeychain();
  const start = (): Rig =>
    openRig({ folder, fetch: service.fetch, server: 'http://127.0.0.1:9', keychain, clock });
  const before = start();
  const credentials = { service: 'alpha', email: EMAILS[0], password: PASSWORD, remember: true };
  expect(await before.handlers['session.signIn'](credentials)).toMatchObject({ ok: true });
  await quiet(service);
  await before.stop();

  keychain.fail('getPassword', true);
  const rig = start();
  onTestFinished(async () => {
    await rig.stop();
    remove();
  });
  await rig.core.begin();
  expect(rig.view().subject.kind).toBe('unlocking');
  keychain.fail('getPassword', false);
  // The anchor of this goes to the keychain, and nobody asks it for the token.
  const { revision } = rig.view();
  const press = {
    service: 'alpha',
    revision,
    action: 'necessary-only',
    surface: 'settings',
  } as const;
  expect(await rig.handlers['consent.decide']({ ...press, choices: {} })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => rig.view().subject.kind).toBe('signed-in');
});
