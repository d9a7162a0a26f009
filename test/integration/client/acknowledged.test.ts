import { expect, test } from 'vitest';
import { readProfile } from '../../../src-shared/manifest.js';
import { openRig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { fixtureFiles } from '../../support/fixtures/service-profile.js';

/** A service with a notice, whose version of 2027 changes something material, or only its wording. */
function noticeProfile(material: boolean) {
  const { manifest, policies } = fixtureFiles('alpha');
  const change = { kind: 'wording', purposes: [], material, summary: 'Something is said anew.' };
  const read = readProfile(
    'alpha',
    { ...manifest, text: manifest.text.replace('"choice"', '"acknowledge"') },
    policies.map((file) =>
      file.file.includes('2027')
        ? {
            ...file,
            text: file.text.replace('"changes":[]', `"changes":[${JSON.stringify(change)}]`),
          }
        : file,
    ),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

test.for([
  [true, true],
  [false, false],
])(
  'a notice that was acknowledged comes back after a change that is material (%s)',
  async ([material, comesBack]) => {
    const clock = { nowMs: Date.parse('2026-06-01T00:00:00Z') };
    const rig = openRig({
      folder: temporaryFolder(),
      fetch: () => Promise.reject(new Error('no network')),
      server: 'http://127.0.0.1:9',
      keychain: memoryKeychain(),
      clock,
      profiles: [noticeProfile(material ?? false)],
    });
    expect(rig.view().bannerShows).toBe(true);
    const { revision } = rig.view();
    await rig.handlers['consent.decide']({
      service: 'alpha',
      revision,
      action: 'acknowledge',
      surface: 'banner',
      choices: {},
    });
    expect(rig.view().bannerShows).toBe(false);
    clock.nowMs = Date.parse('2027-02-01T00:00:00Z');
    expect(rig.view().bannerShows).toBe(comesBack);
    await rig.stop();
  },
);
