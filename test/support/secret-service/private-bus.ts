import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A session bus of a test's own, with nobody on it. */
export interface PrivateBus {
  readonly address: string;
  /** Calls a method and returns what `dbus-send` prints of the answer; throws where there is an error. */
  call(path: string, member: string, ...args: readonly string[]): string;
  /** Puts a secret of Sayso into its keychain, as another program could. */
  writeSecret(account: string, secret: string): void;
  /** The keychain accounts of a profile, read by an independent witness; anchors are no secrets and left out. */
  secretsOf(profileId: string): string[];
  /** Whether the keychain service is on it. */
  hasSecrets(): boolean;
  stop(): Promise<void>;
}

/**
 * Starts a bus in a folder.
 * @param refusesSecrets whether its policy lets nobody speak to the keychain service.
 */
export async function startPrivateBus(
  folder: string,
  { refusesSecrets = false } = {},
): Promise<PrivateBus> {
  const file = path.join(folder, 'bus.conf');
  const refusal = refusesSecrets ? '<deny send_destination="org.freedesktop.secrets"/>' : '';
  writeFileSync(
    file,
    `<busconfig><type>session</type><listen>unix:dir=${encodeURI(folder)}</listen><auth>EXTERNAL</auth>
     <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>${refusal}</policy></busconfig>`,
  );
  const args = [`--config-file=${file}`, '--nofork', '--nopidfile', '--print-address=1'];
  const child = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const first = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    gone.then(() => null),
  ]);
  if (first === null) throw new Error('the bus did not start');
  const address = String(first[0]);
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address };
  const send = (destination: string, ...given: readonly string[]): string => {
    const args = ['--session', '--print-reply=literal', `--dest=${destination}`, ...given];
    const sent = spawnSync('dbus-send', args, {
      env,
      encoding: 'utf8',
    });
    if (sent.status !== 0) throw new Error(sent.stderr);
    return sent.stdout;
  };
  return {
    address,
    call: (object, member, ...given) => send('org.freedesktop.secrets', object, member, ...given),
    writeSecret(account, secret) {
      const args = ['store', '--label', account, 'service', 'Sayso', 'account', account];
      const kept = spawnSync('secret-tool', args, { env, input: secret, encoding: 'utf8' });
      if (kept.status !== 0) throw new Error(kept.stderr);
    },
    secretsOf(profileId) {
      const args = ['search', '--all', 'service', 'Sayso'];
      const { stdout, stderr } = spawnSync('secret-tool', args, { env, encoding: 'utf8' });
      return `${stdout}\n${stderr}`
        .split('\n')
        .flatMap((line) => /^attribute\.account = (.*)$/.exec(line)?.[1] ?? [])
        .filter((account) => account.includes(profileId) && !account.endsWith('/anchor'));
    },
    hasSecrets: () =>
      send(
        'org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.freedesktop.secrets',
      ).includes('true'),
    stop: () => ended(child, gone, 'SIGTERM'),
  };
}

/** Ends a process of the test's own and waits until it is gone. */
export async function ended(
  child: ChildProcess,
  gone: Promise<unknown>,
  signal: NodeJS.Signals,
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await gone;
}
