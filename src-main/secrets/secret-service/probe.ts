import { existsSync } from 'node:fs';
import type { KeychainProbe, KeychainReading } from '../types.js';
import { findBus } from './address.js';
import { openBus, type Bus } from './bus.js';
import { booleanIn, pathAfterList, textAt } from './decode.js';
import type { Argument, Call } from './encode.js';
import { readEntries } from './entries.js';

const SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const INTERFACE = 'org.freedesktop.Secret';
/** The path that means "none" (Secret Service API, "Prompts and Prompting"). */
const NO_OBJECT = '/';

/**
 * Looks at the Secret Service of a Linux desktop (freedesktop.org, Secret Service API 0.2) without asking it for a secret: is it
 * there, and is its default collection open?
 * @param environment names the session bus.
 */
export function createSecretServiceProbe(
  environment: Readonly<Record<string, string | undefined>>,
  userId: number,
): KeychainProbe {
  const withBus = async (
    signal: AbortSignal,
    work: (bus: Bus) => Promise<KeychainReading>,
  ): Promise<KeychainReading> => {
    const address = findBus(environment, existsSync);
    if (address === 'none') return 'absent';
    if (address === 'untold') return 'untold';
    const bus = await openBus(address.path, userId, signal).catch(() => null);
    if (bus === null) return 'absent';
    try {
      return await work(bus);
    } catch {
      // The bus itself has gone.
      return 'absent';
    } finally {
      bus.close();
    }
  };
  return {
    look: (signal) => withBus(signal, readState),
    async askToUnlock(signal) {
      await withBus(signal, unlock);
    },
    async entries(service, signal) {
      const address = findBus(environment, existsSync);
      if (typeof address === 'string') return null;
      const bus = await openBus(address.path, userId, signal).catch(() => null);
      if (bus === null) return null;
      try {
        return await readEntries(bus, service);
      } catch {
        return null;
      } finally {
        bus.close();
      }
    },
  };
}

async function readState(bus: Bus): Promise<KeychainReading> {
  const alias = await bus.ask(toService('ReadAlias', { type: 's', value: 'default' }));
  if ('errorName' in alias) return readingOf(alias.errorName);
  const collection = textAt(alias.body, 0);
  if (collection === NO_OBJECT) return 'no-collection';
  const locked = await bus.ask({
    destination: SERVICE,
    path: collection,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    body: [
      { type: 's', value: `${INTERFACE}.Collection` },
      { type: 's', value: 'Locked' },
    ],
  });
  if ('errorName' in locked) return readingOf(locked.errorName);
  return booleanIn(locked.body) ? 'locked' : 'open';
}

/** Unlocks the default collection, or begins one, and waits until the person has answered what they are asked for that. */
async function unlock(bus: Bus): Promise<KeychainReading> {
  const alias = await bus.ask(toService('ReadAlias', { type: 's', value: 'default' }));
  if ('errorName' in alias) return readingOf(alias.errorName);
  const isThere = (await readState(bus)) !== 'no-collection';
  const begun = isThere
    ? await bus.ask(toService('Unlock', { type: 'ao', value: [textAt(alias.body, 0)] }))
    : await bus.ask(
        toService(
          'CreateCollection',
          { type: 'a{sv}', name: `${INTERFACE}.Collection.Label`, value: 'Default' },
          { type: 's', value: 'default' },
        ),
      );
  if ('errorName' in begun) return readingOf(begun.errorName);
  const prompt = isThere ? pathAfterList(begun.body) : textAt(begun.body, textEnd(begun.body));
  if (prompt !== NO_OBJECT) {
    const rule = `type='signal',path='${prompt}',member='Completed'`;
    await bus.ask(toBus('AddMatch', { type: 's', value: rule }));
    const completed = bus.signal(prompt, 'Completed');
    const asked = await bus.ask({
      destination: SERVICE,
      path: prompt,
      interface: `${INTERFACE}.Prompt`,
      member: 'Prompt',
      body: [{ type: 's', value: '' }],
    });
    if ('errorName' in asked) return readingOf(asked.errorName);
    await completed;
  }
  return readState(bus);
}

function toService(member: string, ...body: readonly Argument[]): Call {
  return { destination: SERVICE, path: ROOT, interface: `${INTERFACE}.Service`, member, body };
}

function toBus(member: string, ...body: readonly Argument[]): Call {
  const name = 'org.freedesktop.DBus';
  return { destination: name, path: '/org/freedesktop/DBus', interface: name, member, body };
}

/** Where the text at the beginning of a body ends, with its closing zero. */
function textEnd(body: Buffer): number {
  return 4 + body.readUInt32LE(0) + 1;
}

/** What an error of the bus or the service says of it; the names are part of the protocol, not words for people. */
function readingOf(errorName: string): KeychainReading {
  const name = errorName.replace(/^org\.freedesktop\.(DBus|Secret)\.Error\./, '');
  if (name === 'ServiceUnknown' || name === 'NameHasNoOwner' || name.startsWith('Spawn.')) {
    return 'absent';
  }
  if (name === 'NoReply' || name === 'Disconnected') return 'died';
  if (['UnknownMethod', 'UnknownObject', 'UnknownInterface', 'NoSuchObject'].includes(name)) {
    return 'no-collection';
  }
  return name === 'IsLocked' ? 'locked' : 'denied';
}
