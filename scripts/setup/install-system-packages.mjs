import { readFile } from 'node:fs/promises';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { decide, familyOf, packagesFor } from './system-packages.mjs';

/**
 * @typedef {import('../lib/child.mjs').Run} Run
 * @typedef {import('./system-packages.mjs').Purpose} Purpose
 */

const STEP = 'System packages';

/** Another package manager may be at work; apt waits this long for it to finish. */
const APT_LOCK_WAIT_S = 300;

/**
 * Makes sure that the distribution's packages for the given purposes are installed. Does nothing outside Linux.
 *
 * @param {Run} run
 * @param {Purpose[]} purposes
 * @returns {Promise<void>}
 * @throws {StepError} where something is missing and cannot be installed from here; it names the command that does it
 */
export async function ensureSystemPackages(run, purposes) {
  if (process.platform !== 'linux' || purposes.length === 0) return;
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const isRoot = process.getuid?.() === 0;
  const installed = await installedPackages(run, osRelease, purposes);
  // On a distribution that we do not know nothing can be checked by package; Electron's own proof will tell.
  if (!installed) return;
  const first = decide({ osRelease, purposes, installed, isRoot });
  if (first.kind === 'nothing' || first.kind === 'unknown system') return;
  const available =
    familyOf(osRelease) === 'debian' ? await availablePackages(run, purposes) : undefined;
  const decision = decide({ osRelease, purposes, installed, isRoot, available });
  if (decision.kind === 'tell') {
    throw new StepError(
      STEP,
      `these are missing: ${decision.packages.join(' ')}`,
      `Install them with:\n  ${decision.command}`,
    );
  }
  if (decision.kind === 'install') await install(run, decision.packages);
}

/**
 * @param {Run} run
 * @param {string} osRelease
 * @param {Purpose[]} purposes
 * @returns {Promise<Set<string> | undefined>} the needed packages that are there; undefined where the system cannot be asked
 */
async function installedPackages(run, osRelease, purposes) {
  const family = familyOf(osRelease);
  if (!family) return undefined;
  const names = packagesFor(family, purposes).flat();
  const { command, args } = {
    debian: { command: 'dpkg-query', args: ['-W', '-f', '${Package} ${db:Status-Status}\\n'] },
    fedora: { command: 'rpm', args: ['-q', '--qf', '%{NAME} installed\\n'] },
    arch: { command: 'pacman', args: ['-Q'] },
  }[family];
  const answer = await capture(run, command, [...args, ...names]).catch(() => undefined);
  run.signal.throwIfAborted();
  if (!answer) return undefined;
  const rows = answer.stdout.split('\n').map((line) => line.split(' '));
  const isThere = (/** @type {string[]} */ row) => family === 'arch' || row[1] === 'installed';
  return new Set(rows.filter(isThere).map(([name = '']) => name));
}

/**
 * Asks apt which of the possible names it could install here. A machine whose package lists were never fetched knows none;
 * then they are fetched first.
 *
 * @param {Run} run
 * @param {Purpose[]} purposes
 * @returns {Promise<Set<string>>}
 */
async function availablePackages(run, purposes) {
  const names = packagesFor('debian', purposes).flat();
  const known = await candidates(run, names);
  const complete = packagesFor('debian', purposes).every((alternatives) =>
    alternatives.some((name) => known.has(name)),
  );
  if (complete || process.getuid?.() !== 0) return known;
  await apt(run, 'fetching the package lists', ['update']);
  return await candidates(run, names);
}

/**
 * @param {Run} run
 * @param {string[]} names
 * @returns {Promise<Set<string>>} those for which apt has a version to install
 */
async function candidates(run, names) {
  const { stdout } = await capture(run, 'apt-cache', ['policy', ...names], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  const found = stdout.matchAll(/^(\S+):\n\s+Installed: .*\n\s+Candidate: (?!\(none\))/gm);
  return new Set([...found].map(([, name = '']) => name));
}

/**
 * Installs packages; if that fails, the lists may be out of date: once more after fetching them.
 *
 * @param {Run} run
 * @param {string[]} packages
 */
async function install(run, packages) {
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const label = `installing ${packages.join(' ')}`;
  try {
    await apt(run, label, args);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    await apt(run, 'fetching the package lists', ['update']);
    await apt(run, label, args);
  }
}

/**
 * @param {Run} run
 * @param {string} label what is being done
 * @param {string[]} args
 * @throws {StepError} with the end of apt's output
 */
async function apt(run, label, args) {
  const ending = await withProgress(`system packages: ${label}`, () =>
    capture(run, 'apt-get', ['-q', '-o', `DPkg::Lock::Timeout=${APT_LOCK_WAIT_S}`, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    }),
  );
  if (ending.code === 0) return;
  throw new StepError(
    STEP,
    `apt-get ${args.join(' ')}: ${describeEnding(ending)}\n${tail(ending.stdout + ending.stderr)}`,
    'Install these packages by hand, then run the command again.',
  );
}
