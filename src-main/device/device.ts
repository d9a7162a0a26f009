import path from 'node:path';
import { rm } from 'node:fs/promises';
import type { DeviceFailure, DeviceView, StoredView } from '../../src-shared/device-view.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Gate } from '../gate/index.js';
import type { Keychain } from '../secrets/index.js';
import type { Store } from '../store/index.js';
import type { Forgetful } from './forget.js';
import { readProfileFiles } from './profile-files.js';
import { NO_SITES, type SiteStorage } from './site-parts.js';
import {
  databaseThings,
  fileThing,
  keychainThing,
  siteThing,
  toolThing,
  wordedItems,
} from './things.js';

type Answer = Promise<Result<DeviceView, DeviceFailure>>;

/** "On this device": what is really stored, and the ways to be rid of it. */
export interface Device {
  read(service: string): Answer;
  /** @param id of something that is on the list at this moment. */
  remove(service: string, id: string): Answer;
  forget(service: string): Answer;
  /** Where the windows on services' pages are; they come later than the rest. */
  useSites(sites: SiteStorage): void;
}

interface Parts {
  readonly store: Store;
  readonly keychain: Pick<Keychain, 'entries'>;
  readonly gate: Pick<Gate, 'stored' | 'tools' | 'purge' | 'clearCounts'>;
  readonly services: readonly string[];
  /** What the policy that holds declares. */
  readonly policyOf: (service: string) => Pick<PolicyText, 'lang' | 'label'> | undefined;
  readonly unsent: (service: string) => number;
  readonly forgetful: Pick<Forgetful, 'forget'>;
}

export function createDevice(parts: Parts): Device {
  const { store, gate, keychain } = parts;
  const folder = path.dirname(store.file);
  let sites = NO_SITES;

  const keychainThings = async (
    service: string,
  ): Promise<{ things: StoredView[]; state: DeviceView['keychain'] }> => {
    const profileId = store.meta.profileId();
    const found = await keychain.entries();
    if (!found.ok) return { things: [], state: found.error.code };
    const things = found.value.flatMap((entry) => keychainThing(entry, service, profileId) ?? []);
    return { things, state: 'available' };
  };
  const toolThings = (service: string): StoredView[] =>
    gate.stored(service).map(({ tool, bytes }) => {
      const declared = gate.tools(service).find((one) => one.tool.id === tool);
      return toolThing(tool, bytes, declared?.tool.purpose);
    });

  const view = async (service: string): Promise<DeviceView> => {
    const items = wordedItems(parts.policyOf(service));
    const inPages = (await sites.stored(service)).map((part) => siteThing(part, items));
    const secrets = await keychainThings(service);
    const shared = (await readProfileFiles(folder)).map(fileThing);
    // Closed while the rest was looked at: the database can no longer be asked.
    const own = store.isOpen()
      ? [...toolThings(service), ...databaseThings(store.holdings.of(service), items)]
      : [];
    return {
      service,
      isSiteOpen: sites.isOpen(service),
      stored: undeclaredFirst([...inPages, ...own, ...secrets.things]),
      shared: undeclaredFirst(shared),
      keychain: secrets.state,
      unsent: store.isOpen() ? parts.unsent(service) : 0,
    };
  };

  /** Deletes what was found; the renderer only ever names it. */
  const removeFound = async (service: string, found: StoredView): Promise<boolean> => {
    if (found.place === 'tool') return gate.purge(service, found.name);
    if (found.place === 'database') {
      gate.clearCounts(service);
      return true;
    }
    if (found.place === 'file') {
      await rm(path.join(folder, found.name), { force: true });
      return true;
    }
    const part = (await sites.stored(service)).find((one) => siteThing(one, []).id === found.id);
    return part === undefined || sites.remove(service, part);
  };

  const isKnown = (service: string): boolean => parts.services.includes(service);
  const unknown = failed({ code: 'unknown-service' } as const);
  return {
    read: async (service) => (isKnown(service) ? ok(await view(service)) : unknown),
    async remove(service, id) {
      if (!isKnown(service)) return unknown;
      const { stored, shared } = await view(service);
      const found = [...stored, ...shared].find((thing) => thing.id === id && thing.isDeletable);
      if (!found) return failed({ code: 'not-there' });
      const isGone = await removeFound(service, found).catch(() => false);
      return isGone ? ok(await view(service)) : failed({ code: 'not-deleted' });
    },
    async forget(service) {
      if (!isKnown(service)) return unknown;
      // Twice: what a page stored or tried while the rest was deleted goes too.
      await sites.clear(service);
      const forgotten = await parts.forgetful.forget(service);
      await sites.clear(service);
      if (store.isOpen()) gate.clearCounts(service);
      return forgotten.ok ? ok(await view(service)) : forgotten;
    },
    useSites: (given) => {
      sites = given;
    },
  };
}

function undeclaredFirst(things: readonly StoredView[]): StoredView[] {
  return [
    ...things.filter(({ declared }) => declared === null),
    ...things.filter(({ declared }) => declared !== null),
  ];
}
