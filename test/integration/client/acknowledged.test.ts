import { expect, onTestFinished, test } from 'vitest';
import {
  readProfile,
  type ProfileFile,
  type ServiceProfile,
} from '../../../src-shared/manifest.js';
import { openRig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { fixtureFiles } from '../../support/fixtures/service-profile.js';

interface Profile {
  banner: string;
  purposes: { kind: string }[];
}
interface Text {
  version: string;
  changes: object[];
  label: { purposes: { kind: string }[] };
}

/** A service with only a notice, whose version of 2027 changes something material, or only its wording. */
function noticeProfile(material: boolean): ServiceProfile {
  const { manifest, policies } = fixtureFiles('alpha');
  const edit = (file: ProfileFile, content: object): ProfileFile => ({
    ...file,
    text: JSON.stringify(content),
  });
  const necessary = (purposes: { kind: string }[]) =>
    purposes.filter(({ kind }) => kind === 'necessary');
  const change = { kind: 'wording', purposes: [], material, summary: 'Something is said anew.' };
  const said = JSON.parse(manifest.text) as Profile;
  const read = readProfile(
    'alpha',
    edit(manifest, { ...said, banner: 'acknowledge', purposes: necessary(said.purposes) }),
    policies.map((file) => {
      const text = JSON.parse(file.text) as Text;
      const label = { ...text.label, purposes: necessary(text.label.purposes) };
      return edit(file, { ...text, label, changes: text.version === '2027-01' ? [change] : [] });
    }),
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
    const { folder, remove } = temporaryFolder('acknowledged');
    onTestFinished(remove);
    const rig = openRig({
      folder,
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
