import type { PolicyAnswer } from '../../src-shared/api-contract.js';
import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type { KnownVersion, MissingText } from '../../src-shared/consent/policy-change.js';
import { languageTagSchema } from '../../src-shared/ids.js';
import type { ServiceProfile } from '../../src-shared/manifest.js';
import { differenceOf, type PolicyDifference } from '../../src-shared/policy-difference.js';
import type { Change, PolicyText } from '../../src-shared/policy-text.js';
import type { Result } from '../../src-shared/result.js';
import type { PolicyVersionsView } from '../../src-shared/policy-versions.js';
import type { AnnouncementView, PolicyView } from '../../src-shared/views.js';
import type { Store } from '../store/index.js';
import { announcementOf, type AskedAgain } from './announcement.js';
import { inBestLanguage, languagesFor } from './languages.js';
import { createLibrary, type KeepFailure } from './library.js';
import { textOfVersion, versionsOn } from './versions.js';

/** The policy that is on show, with what a decision keeps of it. */
export interface CurrentPolicy {
  readonly text: PolicyText;
  readonly shown: ShownPolicy;
}

/** Policy texts of all services, in the language of the window where a policy has it. */
export interface Policies {
  /** The newest version in force, among what ships and what was fetched; where none is yet, the first to come. */
  current(service: string): CurrentPolicy | null;
  view(service: string): PolicyView | null;
  /** Every version at hand; null when there is no usable profile under that id. */
  versions(service: string): PolicyVersionsView | null;
  /** One version, whole; null where it is not at hand. */
  viewOf(service: string, version: string): PolicyView | null;
  /** The service has just said which policy it has. */
  answered(service: string): void;
  /** When a purpose first changed materially after a version: `ReadingTime.changedAtMs` of the effective state. */
  changedAtMs(service: string, purpose: string, policyVersion: string): number | null;
  /**
   * What the person is to be told about a changed policy.
   * @param asked the purposes that read `ask-again`, each with the version of the decision it rests on.
   */
  announcement(service: string, asked: readonly AskedAgain[]): AnnouncementView | null;
  /** When the next version takes effect after a moment, both in milliseconds since 1970; null when none is known. */
  nextChangeMs(service: string, afterMs: number): number | null;
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

interface Parts {
  readonly profiles: readonly ServiceProfile[];
  readonly store: Pick<Store, 'policyTexts' | 'commit' | 'meta'>;
  /** BCP 47 tag of the window's language, which the person may change. */
  readonly lang: () => string;
  /** Trusted time, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Lower-case hex SHA-256 of a text in UTF-8. */
  readonly sha256Hex: (text: string) => string;
}

export function createPolicies({ profiles, store, lang, nowMs, sha256Hex }: Parts): Policies {
  const library = createLibrary({ profiles, store, sha256Hex });
  const manifestOf = (service: string) =>
    profiles.find(({ manifest }) => manifest.id === service)?.manifest;
  const languagesOf = (service: string): string[] =>
    languagesFor(lang(), manifestOf(service)?.languages ?? []);

  const current = (service: string): CurrentPolicy | null => {
    if (!manifestOf(service)) return null;
    const { texts, timeline } = library.shelf(service);
    const now = nowMs();
    const inForce = timeline.versions.findLast(({ effectiveAtMs }) => effectiveAtMs <= now);
    const version = (inForce ?? timeline.versions[0])?.version;
    const ofVersion = texts.filter(({ text }) => text.version === version);
    const found = inBestLanguage(ofVersion, languagesOf(service));
    if (!found) return null;
    const { text, sha256 } = found;
    return { text, shown: { version: text.version, lang: text.lang, sha256 } };
  };

  return {
    current,
    view(service) {
      const found = current(service);
      return found && viewOfText(service, found.text);
    },
    versions(service) {
      const shown = current(service);
      if (!shown) return null;
      const checkedAtMs = store.meta.policyCheckedAtMs(service);
      return {
        service,
        versions: versionsOn(library.shelf(service), shown.text.version, languagesOf(service)),
        checkedAt: checkedAtMs === null ? null : new Date(checkedAtMs).toISOString(),
      };
    },
    viewOf(service, version) {
      const text = textOfVersion(library.shelf(service), version, languagesOf(service));
      return text && manifestOf(service) ? viewOfText(service, text) : null;
    },
    answered: (service) => {
      // Only what is shown of it is lost where the disk does not take it.
      store.commit(() => {
        store.meta.setPolicyCheckedAtMs(service, nowMs());
      });
    },
    changedAtMs: (service, purpose, policyVersion) =>
      library.shelf(service).timeline.changedAtMs(purpose, policyVersion),
    announcement(service, asked) {
      const manifest = manifestOf(service);
      const shown = current(service);
      if (!manifest || !shown) return null;
      const optional = manifest.purposes.filter(({ kind }) => kind === 'optional');
      const changesOf = ({ texts }: KnownVersion): readonly Change[] =>
        inBestLanguage(
          texts.map((text) => ({ text })),
          languagesOf(service),
        )?.text.changes ?? [];
      return announcementOf({
        timeline: library.shelf(service).timeline,
        current: shown.text.version,
        nowMs: nowMs(),
        optional: optional.map(({ id }) => id),
        asked,
        changesOf,
      });
    },
    nextChangeMs(service, afterMs) {
      const { versions } = library.shelf(service).timeline;
      return versions.find(({ effectiveAtMs }) => effectiveAtMs > afterMs)?.effectiveAtMs ?? null;
    },
    difference(service, from, to) {
      const { texts, timeline } = library.shelf(service);
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
    missing: (service) => library.shelf(service).missing,
    lang: () => languageTagSchema.safeParse(lang()).data ?? 'en',
  };
}

function viewOfText(service: string, text: PolicyText): PolicyView {
  const { version, dated, lang, label, sections } = text;
  return { service, version, dated, lang, label, sections };
}
