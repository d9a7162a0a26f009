/**
 * Which packages of a Linux distribution are needed for what, and what to do about missing ones. Everything here is a pure
 * decision; `install-system-packages.mjs` looks at the machine and acts.
 */

/**
 * @typedef {'electron' | 'display' | 'keychain' | 'faults' | 'compiler'} Purpose what packages are needed for: running
 *   Electron at all, a virtual display, a private keychain service, injecting faults in tests, compiling better-sqlite3
 * @typedef {'debian' | 'fedora' | 'arch'} Family distributions with the same package manager
 * @typedef {{ kind: 'nothing' }
 *   | { kind: 'install', packages: string[] }
 *   | { kind: 'tell', packages: string[], command: string }
 *   | { kind: 'unknown system' }} Decision
 */

/**
 * Package names by family and purpose. Alternatives are separated by `|`, the newer name first: since the change to 64-bit
 * time Debian 13 and Ubuntu 24.04 call some libraries `…t64`.
 *
 * @type {Record<Family, Record<Purpose, string[]>>}
 */
const PACKAGES = {
  debian: {
    electron: [
      'libnss3',
      'libatk-bridge2.0-0t64|libatk-bridge2.0-0',
      'libgtk-3-0t64|libgtk-3-0',
      'libgbm1',
      'libasound2t64|libasound2',
      'libsecret-1-0',
      'fonts-dejavu-core',
    ],
    display: ['xvfb', 'xauth'],
    keychain: ['dbus', 'dbus-x11', 'gnome-keyring', 'libsecret-tools'],
    faults: ['strace'],
    compiler: ['g++', 'make', 'python3'],
  },
  fedora: {
    electron: [
      'nss',
      'at-spi2-atk',
      'gtk3',
      'mesa-libgbm',
      'alsa-lib',
      'libsecret',
      'dejavu-sans-fonts',
    ],
    display: ['xorg-x11-server-Xvfb', 'xorg-x11-xauth'],
    keychain: ['dbus-daemon', 'dbus-tools', 'dbus-x11', 'gnome-keyring'],
    faults: ['strace'],
    compiler: ['gcc-c++', 'make', 'python3'],
  },
  arch: {
    electron: ['nss', 'at-spi2-core', 'gtk3', 'mesa', 'alsa-lib', 'libsecret', 'ttf-dejavu'],
    display: ['xorg-server-xvfb', 'xorg-xauth'],
    keychain: ['dbus', 'gnome-keyring'],
    faults: ['strace'],
    compiler: ['gcc', 'make', 'python'],
  },
};

/** @type {Record<Family, string>} */
const INSTALL_COMMANDS = {
  debian: 'sudo apt-get install -y --no-install-recommends',
  fedora: 'sudo dnf install -y',
  arch: 'sudo pacman -S --needed',
};

/**
 * @param {string} osRelease content of /etc/os-release
 * @returns {Family | undefined} undefined for a distribution whose packages we do not know
 */
export function familyOf(osRelease) {
  const words = ['ID', 'ID_LIKE'].flatMap((key) => {
    const value = new RegExp(`^${key}=["']?([^"'\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
    return value.toLowerCase().split(/\s+/);
  });
  if (words.some((word) => word === 'debian' || word === 'ubuntu')) return 'debian';
  if (words.some((word) => ['fedora', 'rhel', 'centos'].includes(word))) return 'fedora';
  if (words.includes('arch')) return 'arch';
  return undefined;
}

/**
 * @param {Family} family
 * @param {Purpose[]} purposes
 * @returns {string[][]} one item for each needed package: its possible names, the preferred first
 */
export function packagesFor(family, purposes) {
  return [...new Set(purposes.flatMap((purpose) => PACKAGES[family][purpose]))].map((names) =>
    names.split('|'),
  );
}

/**
 * Decides what to do about the packages for the given purposes.
 *
 * @param {object} facts
 * @param {string} facts.osRelease content of /etc/os-release, empty if there is none
 * @param {Purpose[]} facts.purposes
 * @param {Set<string>} facts.installed names of installed packages
 * @param {Set<string>} [facts.available] names that the package manager could install; where unknown, the last (older) name
 *   of each package is taken, because newer systems still understand it
 * @param {boolean} facts.isRoot
 * @returns {Decision}
 */
export function decide({ osRelease, purposes, installed, available, isRoot }) {
  const family = familyOf(osRelease);
  if (!family) return { kind: 'unknown system' };
  const packages = packagesFor(family, purposes)
    .filter((names) => !names.some((name) => installed.has(name)))
    .map(
      (names) => names.find((name) => available?.has(name)) ?? /** @type {string} */ (names.at(-1)),
    );
  if (packages.length === 0) return { kind: 'nothing' };
  if (family === 'debian' && isRoot) return { kind: 'install', packages };
  return { kind: 'tell', packages, command: `${INSTALL_COMMANDS[family]} ${packages.join(' ')}` };
}
