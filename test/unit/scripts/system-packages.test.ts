import { expect, test } from 'vitest';
import {
  decide,
  familyOf,
  packagesFor,
  type Purpose,
} from '../../../scripts/setup/system-packages.mjs';

const DEBIAN_12 = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n';
const UBUNTU_24 = 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n';
const FEDORA = 'NAME="Fedora Linux"\nID=fedora\n';
const EVERYTHING: Purpose[] = ['electron', 'display', 'keychain', 'faults', 'compiler'];

test.each([
  [DEBIAN_12, 'debian'],
  [UBUNTU_24, 'debian'],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
  [FEDORA, 'fedora'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora'],
  ["ID='arch'\n", 'arch'],
  ['ID=manjaro\nID_LIKE=arch\n', 'arch'],
  ['ID=alpine\n', undefined],
  ['VARIANT_ID=debian\n', undefined],
  ['', undefined],
])('%j is of the family %s', (osRelease, family) => {
  expect(familyOf(osRelease)).toBe(family);
});

test('nothing to do where everything is installed', () => {
  const installed = new Set(packagesFor('debian', EVERYTHING).map((names) => names.at(-1) ?? ''));
  expect(decide({ osRelease: DEBIAN_12, purposes: EVERYTHING, installed, isRoot: true })).toEqual({
    kind: 'nothing',
  });
});

test('a package under its newer name counts as installed', () => {
  const installed = new Set(packagesFor('debian', EVERYTHING).map((names) => names[0] ?? ''));
  expect(installed).toContain('libgtk-3-0t64');
  expect(decide({ osRelease: UBUNTU_24, purposes: EVERYTHING, installed, isRoot: true })).toEqual({
    kind: 'nothing',
  });
});

test('root on Debian installs what is missing, under the name that exists there', () => {
  const purposes: Purpose[] = ['electron'];
  const installed = new Set(['libnss3', 'libgbm1', 'libsecret-1-0', 'fonts-dejavu-core']);
  const older = new Set(['libatk-bridge2.0-0', 'libgtk-3-0', 'libasound2']);
  const newer = new Set(['libatk-bridge2.0-0t64', 'libgtk-3-0t64', 'libasound2t64']);
  expect(
    decide({ osRelease: DEBIAN_12, purposes, installed, available: older, isRoot: true }),
  ).toEqual({
    kind: 'install',
    packages: [...older],
  });
  expect(
    decide({ osRelease: UBUNTU_24, purposes, installed, available: newer, isRoot: true }),
  ).toEqual({
    kind: 'install',
    packages: [...newer],
  });
});

test('an ordinary user is told the command', () => {
  const decision = decide({
    osRelease: DEBIAN_12,
    purposes: ['display'],
    installed: new Set(['xauth']),
    isRoot: false,
  });
  expect(decision).toEqual({
    kind: 'tell',
    packages: ['xvfb'],
    command: 'sudo apt-get install -y --no-install-recommends xvfb',
  });
});

test('outside Debian also root is told the command', () => {
  const decision = decide({
    osRelease: FEDORA,
    purposes: ['compiler'],
    installed: new Set(),
    isRoot: true,
  });
  expect(decision).toMatchObject({
    kind: 'tell',
    command: 'sudo dnf install -y gcc-c++ make python3',
  });
});

test('a system that we do not know is left alone', () => {
  expect(
    decide({ osRelease: 'ID=alpine', purposes: EVERYTHING, installed: new Set(), isRoot: true }),
  ).toEqual({
    kind: 'unknown system',
  });
});

test('only what the purposes need', () => {
  expect(packagesFor('debian', ['compiler']).flat()).toEqual(['g++', 'make', 'python3']);
  expect(packagesFor('debian', [])).toEqual([]);
});
