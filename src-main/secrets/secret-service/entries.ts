import type { KeychainEntry } from '../types.js';
import type { Bus } from './bus.js';
import { numberIn, pathsIn, textsIn } from './decode.js';

const SERVICE = 'org.freedesktop.secrets';
const INTERFACE = 'org.freedesktop.Secret';

/**
 * The entries under a name, by their attributes alone (Secret Service API 0.2, "Lookup Attributes"): no secret is asked for, so
 * that none comes into memory.
 * @param service the attribute `service` that the library writes.
 * @returns null where the keychain does not answer as described.
 */
export async function readEntries(bus: Bus, service: string): Promise<KeychainEntry[] | null> {
  const found = await bus.ask({
    destination: SERVICE,
    path: '/org/freedesktop/secrets',
    interface: `${INTERFACE}.Service`,
    member: 'SearchItems',
    body: [{ type: 'a{ss}', name: 'service', value: service }],
  });
  if ('errorName' in found) return null;
  const entries: KeychainEntry[] = [];
  for (const item of pathsIn(found.body)) {
    const [attributes, made] = [
      await property(bus, item, 'Attributes'),
      await property(bus, item, 'Created'),
    ];
    // Gone since it was found.
    if (attributes === null) continue;
    const account = textsIn(attributes).get('account');
    if (account === undefined) continue;
    entries.push({ account, madeAtMs: made === null ? null : numberIn(made) * 1000 });
  }
  return entries;
}

async function property(bus: Bus, item: string, name: string): Promise<Buffer | null> {
  const answer = await bus.ask({
    destination: SERVICE,
    path: item,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    body: [
      { type: 's', value: `${INTERFACE}.Item` },
      { type: 's', value: name },
    ],
  });
  return 'errorName' in answer ? null : answer.body;
}
