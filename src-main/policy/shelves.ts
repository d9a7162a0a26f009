import {
  missingTexts,
  policyTimeline,
  type MissingText,
  type PolicyTimeline,
} from '../../src-shared/consent/policy-change.js';
import { policyHashInput } from '../../src-shared/ledger/policy-hash.js';
import type { ServiceProfile } from '../../src-shared/manifest.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import type { SeenText, Store } from '../store/index.js';
import { knownTexts, type WholeText } from './known-texts.js';

/** All texts of a service that are at hand. */
export interface Shelf {
  readonly texts: readonly WholeText[];
  readonly timeline: PolicyTimeline;
  readonly missing: readonly MissingText[];
}

/** The texts of all services, put together when they are first asked for. */
export interface Shelves {
  of(service: string): Shelf;
  /** What ships of a service. */
  shippedOf(service: string): readonly SeenText[];
  /** Something was added. */
  drop(service: string): void;
}

export interface ShelfParts {
  readonly profiles: readonly ServiceProfile[];
  readonly store: { readonly policyTexts: Pick<Store['policyTexts'], 'all'> };
  /** Lower-case hex SHA-256 of a text in UTF-8. */
  readonly sha256Hex: (text: string) => string;
}

export function createShelves({ profiles, store, sha256Hex }: ShelfParts): Shelves {
  const shelves = new Map<string, Shelf>();
  const shippedByService = new Map<string, readonly SeenText[]>();

  const shippedOf = (service: string): readonly SeenText[] => {
    const known = shippedByService.get(service);
    if (known) return known;
    const texts = profiles.find(({ manifest }) => manifest.id === service)?.policies ?? [];
    const shipped = texts.map((text: PolicyText): SeenText => {
      return { text, sha256: sha256Hex(policyHashInput(text)), previous: undefined };
    });
    shippedByService.set(service, shipped);
    return shipped;
  };

  const of = (service: string): Shelf => {
    const known = shelves.get(service);
    if (known) return known;
    // What ships comes first: it is what the person is shown where the same version is kept with other words.
    const texts = knownTexts([...shippedOf(service), ...store.policyTexts.all(service)]);
    const made = { texts, timeline: policyTimeline(texts), missing: missingTexts(texts) };
    shelves.set(service, made);
    return made;
  };

  return { of, shippedOf, drop: (service) => void shelves.delete(service) };
}
