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
  const send = (destination: string, ...given: readonly string[]): string => {
    const args = ['--session', '--print-reply=literal', `--dest=${destination}`, ...given];
    const sent = spawnSync('dbus-send', args, {
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address },
      encoding: 'utf8',
    });
    if (sent.status !== 0) throw new Error(sent.stderr);
    return sent.stdout;
  };
  return {
    address,
    call: (object, member, ...given) => send('org.freedesktop.secrets', object, member, ...given),
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
