import type { PolicyAnswer } from '../../src-shared/api-contract.js';
import type { MissingText } from '../../src-shared/consent/policy-change.js';
import { languageTagSchema } from '../../src-shared/ids.js';
import { differenceOf, type PolicyDifference } from '../../src-shared/policy-difference.js';
import type { Result } from '../../src-shared/result.js';
import type { PolicyVersionsView } from '../../src-shared/policy-versions.js';
import type { PolicyView } from '../../src-shared/views.js';
import type { Store } from '../store/index.js';
import { inBestLanguage } from './languages.js';
import { createLibrary, type KeepFailure } from './library.js';
import {
  createPolicyLanguages,
  createShownPolicies,
  viewOfText,
  type ShownPolicies,
  type ShownPolicyParts,
} from './shown-policies.js';
import type { Shelf } from './shelves.js';
import { textOfVersion, versionsOn } from './versions.js';

/** Policy texts of all services, in the language of the window where a policy has it. */
export interface Policies extends ShownPolicies {
  /** Every version at hand; null when there is no usable profile under that id. */
  versions(service: string): PolicyVersionsView | null;
  /** One version, whole; null where it is not at hand. */
  viewOf(service: string, version: string): PolicyView | null;
  /** The service has just said which policy it has. */
  answered(service: string): void;
  /**
   * What differs between two versions, in one language; null where either is not at hand or they have none in common.
   * @param from null: the version before `to`.
   */
  difference(service: string, from: string | null, to: string): PolicyDifference | null;
  /** Keeps what ships, where it was not kept before; to be called once at start. */
  keepShipped(): void;
  /** Takes in what a server answered; answers whether anything of it was new. */
  keep(service: string, answer: PolicyAnswer): Result<boolean, KeepFailure>;
  /** Texts that would tell more and are not at hand. */
  missing(service: string): readonly MissingText[];
  /** The language to ask servers for. */
  readonly lang: () => string;
}

interface Parts extends Omit<ShownPolicyParts, 'shelf'> {
  readonly store: Pick<Store, 'policyTexts' | 'commit' | 'meta'>;
  /** Lower-case hex SHA-256 of a text in UTF-8. */
  readonly sha256Hex: (text: string) => string;
}

export function createPolicies({ profiles, store, lang, nowMs, sha256Hex }: Parts): Policies {
  const library = createLibrary({ profiles, store, sha256Hex });
  const shelf = (service: string): Shelf => library.shelf(service);
  const { manifestOf, languagesOf } = createPolicyLanguages({ profiles, lang });
  const onShow = createShownPolicies({ profiles, shelf, lang, nowMs });

  return {
    ...onShow,
    versions(service) {
      const shown = onShow.current(service);
      if (!shown) return null;
      const checkedAtMs = store.meta.policyCheckedAtMs(service);
      return {
        service,
        versions: versionsOn(shelf(service), shown.text.version, languagesOf(service)),
        checkedAt: checkedAtMs === null ? null : new Date(checkedAtMs).toISOString(),
      };
    },
    viewOf(service, version) {
      const text = textOfVersion(shelf(service), version, languagesOf(service));
      return text && manifestOf(service) ? viewOfText(service, text) : null;
    },
    answered: (service) => {
      // Only what is shown of it is lost where the disk does not take it.
      store.commit(() => {
        store.meta.setPolicyCheckedAtMs(service, nowMs());
      });
    },
    difference(service, from, to) {
      const { texts, timeline } = shelf(service);
      const place = timeline.versions.findIndex(({ version }) => version === to);
      const older = from ?? timeline.versions[place - 1]?.version;
      const pairs = texts.flatMap(({ text: before }) =>
        texts
          .filter(({ text }) => text.version === to && text.lang === before.lang)
          .map(({ text }) => ({ before, text }))
          .filter(() => before.version === older),
      );
      const pair = inBestLanguage(pairs, languagesOf(service));
      return pair ? differenceOf(pair.before, pair.text) : null;
    },
    keepShipped: () => {
      library.keepShipped();
    },
    keep: (service, answer) => library.keep(service, answer),
    missing: (service) => shelf(service).missing,
    lang: () => languageTagSchema.safeParse(lang()).data ?? 'en',
  };
}
