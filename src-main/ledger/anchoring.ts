import type { Keychain } from '../secrets/index.js';
import type { Store } from '../store/index.js';
import { anchorAccount, anchorFinding, anchorOf, readAnchor } from './anchors.js';
import type { Verdicts } from './verdicts.js';

interface Parts {
  readonly store: Store;
  readonly keychain: Keychain;
  readonly services: readonly string[];
  readonly verdicts: Verdicts;
}

/** Keeps the newest place of each chain in the keychain, and compares with what was kept there. One thing at a time. */
export interface Anchoring {
  /** Compares every service with its anchor, before any is written. */
  compare(): Promise<void>;
  /** Writes the anchor of a service as soon as it is its turn. */
  write(service: string): void;
  /** Takes the anchor of a service away. @returns whether the keychain did. */
  forget(service: string): Promise<boolean>;
  /** Takes an anchor away that is noted to stand for nothing, as soon as it is its turn. */
  dropVoid(service: string): void;
  /** Writes what has not been written; from then on nothing is. */
  stop(): Promise<void>;
}

export function createAnchoring({ store, keychain, services, verdicts }: Parts): Anchoring {
  const anchoredAt = new Map<string, number>();
  const early = new Set<string>();
  /** Services whose anchor has been seen in this run; the profile was opened once, so it is compared once. */
  const compared = new Set<string>();
  let hasCompared = false;
  let turn: Promise<void> = Promise.resolve();
  let stopped = false;

  const nameOf = (service: string): string => anchorAccount(service, store.meta.profileId());

  const write = async (service: string): Promise<void> => {
    // A press may come before the comparison, and must not take the place of what there is to compare with.
    if (!hasCompared) early.add(service);
    if (!hasCompared || stopped || !store.isOpen() || verdicts.isSuspect(service)) return;
    if (store.meta.anchorVoid(service)) return;
    // A keychain that comes back later holds what there is to compare with, and it must not be written over first.
    if (!compared.has(service)) await compare(service);
    if (!compared.has(service) || !store.isOpen() || verdicts.isSuspect(service)) return;
    const anchor = anchorOf(store, service);
    if (!anchor || anchoredAt.get(service) === anchor.commits) return;
    const kept = await keychain.set(nameOf(service), JSON.stringify(anchor));
    if (kept.ok) anchoredAt.set(service, anchor.commits);
    else verdicts.settle(service, 'unanchored');
  };

  /** An anchor that stands for nothing any more goes instead of being compared with. */
  const dropVoid = async (service: string): Promise<void> => {
    const gone = await keychain.delete(nameOf(service));
    if (!store.isOpen()) return;
    if (gone.ok) {
      store.meta.setAnchorVoid(service, false);
      compared.add(service);
    }
    verdicts.settle(service, gone.ok ? 'sound' : 'unanchored');
  };

  const compare = async (service: string): Promise<void> => {
    if (compared.has(service)) return;
    if (store.meta.anchorVoid(service)) return dropVoid(service);
    const anchor = await readAnchor(keychain, nameOf(service));
    if (!store.isOpen()) return;
    const ends = store.chains.ends(service);
    if (anchor !== 'no-keychain') compared.add(service);
    if (anchor === 'no-keychain') {
      verdicts.settle(service, 'unanchored');
    } else if (anchor === 'not-an-anchor') {
      verdicts.doubt(service, 'changed');
    } else if (anchor === null) {
      verdicts.settle(service, ends.length > 0 ? 'unanchored' : 'sound');
    } else {
      const reason = anchorFinding(
        anchor,
        { ...store.openedAs, ends },
        (chain, seq) => store.chains.entryHashAt(chain, seq),
        (subject, device) => store.chains.next(service, subject, device).seq - 1,
      );
      if (reason === null) verdicts.settle(service, 'sound');
      else verdicts.doubt(service, reason);
    }
  };

  return {
    async compare() {
      // The comparison is with the profile as it was opened, so it takes its turn before any anchor is written.
      turn = (async () => {
        for (const service of services) if (store.isOpen()) await compare(service);
        hasCompared = true;
        for (const service of early) await write(service);
      })();
      await turn;
    },
    write(service) {
      turn = turn.then(() => write(service));
    },
    async forget(service) {
      const gone = await keychain.delete(nameOf(service));
      anchoredAt.delete(service);
      return gone.ok;
    },
    dropVoid(service) {
      turn = turn.then(async () => {
        anchoredAt.delete(service);
        if (store.isOpen() && store.meta.anchorVoid(service)) await dropVoid(service);
      });
    },
    async stop() {
      await turn;
      // What was said just before the app closed may not have come round to it yet.
      for (const service of services) await write(service);
      stopped = true;
    },
  };
}
