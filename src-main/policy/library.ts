import type { PolicyAnswer } from '../../src-shared/api-contract.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { SeenText, Store, StoreCause } from '../store/index.js';
import { checkedAnswer } from './check-answer.js';
import { createShelves, type Shelf, type ShelfParts } from './shelves.js';

/** Texts of one service that are kept at most, so that no server can fill a disk with them. */
const MOST_KEPT = 500;

/** Why an answer was not taken in. */
export type KeepFailure =
  /** It is no policy text, or not the one its hash names. */
  { readonly code: 'not-understood' } | { readonly code: 'not-saved'; readonly cause: StoreCause };

/** The policy texts of all services: those that ship, and those this profile has kept. */
export interface Library {
  /** Keeps what ships and was not kept before, so that it stays readable when a later Sayso ships it no more. */
  keepShipped(): void;
  shelf(service: string): Shelf;
  /**
   * Takes in what a server answered.
   * @returns whether anything of it was new.
   */
  keep(service: string, answer: PolicyAnswer): Result<boolean, KeepFailure>;
}

interface Parts extends ShelfParts {
  readonly store: Pick<Store, 'policyTexts' | 'commit'>;
}

export function createLibrary({ profiles, store, sha256Hex }: Parts): Library {
  const shelves = createShelves({ profiles, store, sha256Hex });

  return {
    keepShipped() {
      for (const { manifest } of profiles) {
        const kept = store.policyTexts.all(manifest.id);
        const isKept = ({ text, sha256 }: SeenText): boolean =>
          kept.some(
            (one) =>
              one.sha256 === sha256 &&
              one.text.version === text.version &&
              one.text.lang === text.lang,
          );
        const lacking = shelves.shippedOf(manifest.id).filter((shipped) => !isKept(shipped));
        if (lacking.length === 0) continue;
        // A disk that takes nothing will say so when it matters; what ships is at hand all the same.
        store.commit(() => {
          for (const shipped of lacking) store.policyTexts.put(manifest.id, shipped);
        });
      }
    },

    shelf: (service) => shelves.of(service),

    keep(service, answer) {
      const seen = checkedAnswer(answer, sha256Hex);
      if (!seen) return failed({ code: 'not-understood' });
      const { version, lang } = seen.text;
      const before = shelves
        .of(service)
        .texts.filter(({ text }) => text.version === version && text.lang === lang);
      // A published text never changes (`docs/protocol.md`). The words that were known first stand: the person read those,
      // and the server takes no grant that names them if it has others.
      if (before.length > 0 && !before.some(({ sha256 }) => sha256 === seen.sha256))
        return ok(false);
      if (store.policyTexts.count(service) >= MOST_KEPT) return ok(false);
      const kept = store.commit(() => store.policyTexts.put(service, seen));
      if (!kept.ok) return failed({ code: 'not-saved', cause: kept.error });
      if (kept.value) shelves.drop(service);
      return kept;
    },
  };
}
