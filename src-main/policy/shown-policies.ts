import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type { KnownVersion } from '../../src-shared/consent/policy-change.js';
import type { Manifest, ServiceProfile } from '../../src-shared/manifest.js';
import type { Change, PolicyText } from '../../src-shared/policy-text.js';
import type { AnnouncementView, PolicyView } from '../../src-shared/views.js';
import { announcementOf, type AskedAgain } from './announcement.js';
import { inBestLanguage, languagesFor } from './languages.js';
import type { Shelf } from './shelves.js';

/** The policy that is on show, with what a decision keeps of it. */
export interface CurrentPolicy {
  readonly text: PolicyText;
  readonly shown: ShownPolicy;
}

/** What is on show of the policies of all services, in the language of the window where a policy has it. */
export interface ShownPolicies {
  /** The newest version in force, among what ships and what was fetched; where none is yet, the first to come. */
  current(service: string): CurrentPolicy | null;
  view(service: string): PolicyView | null;
  /** When a purpose first changed materially after a version: `ReadingTime.changedAtMs` of the effective state. */
  changedAtMs(service: string, purpose: string, policyVersion: string): number | null;
  /**
   * What the person is to be told about a changed policy.
   * @param asked the purposes that read `ask-again`, each with the version of the decision it rests on.
   */
  announcement(service: string, asked: readonly AskedAgain[]): AnnouncementView | null;
  /** When the next version takes effect after a moment, both in milliseconds since 1970; null when none is known. */
  nextChangeMs(service: string, afterMs: number): number | null;
}

export interface ShownPolicyParts {
  readonly profiles: readonly ServiceProfile[];
  readonly shelf: (service: string) => Shelf;
  /** BCP 47 tag of the window's language, which the person may change. */
  readonly lang: () => string;
  /** Trusted time, milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** The profile's word on a service, and the languages its policy is looked for in, best first. */
export interface PolicyLanguages {
  readonly manifestOf: (service: string) => Manifest | undefined;
  readonly languagesOf: (service: string) => string[];
}

export function createPolicyLanguages({
  profiles,
  lang,
}: Pick<ShownPolicyParts, 'profiles' | 'lang'>): PolicyLanguages {
  const manifestOf = (service: string) =>
    profiles.find(({ manifest }) => manifest.id === service)?.manifest;
  return {
    manifestOf,
    languagesOf: (service) => languagesFor(lang(), manifestOf(service)?.languages ?? []),
  };
}

interface Found {
  readonly shelf: Shelf;
  readonly version: string | undefined;
  readonly lang: string;
  readonly policy: CurrentPolicy;
}

export function createShownPolicies(parts: ShownPolicyParts): ShownPolicies {
  const { lang, nowMs } = parts;
  const { manifestOf, languagesOf } = createPolicyLanguages(parts);

  /** What was found last for each service, and from what: every press asks, and hardly ever is it another. */
  const lastFound = new Map<string, Found>();

  const current = (service: string): CurrentPolicy | null => {
    if (!manifestOf(service)) return null;
    const shelf = parts.shelf(service);
    const { texts, timeline } = shelf;
    const now = nowMs();
    const inForce = timeline.versions.findLast(({ effectiveAtMs }) => effectiveAtMs <= now);
    const version = (inForce ?? timeline.versions[0])?.version;
    const inLang = lang();
    const before = lastFound.get(service);
    if (before?.shelf === shelf && before.version === version && before.lang === inLang)
      return before.policy;
    const ofVersion = texts.filter(({ text }) => text.version === version);
    const found = inBestLanguage(ofVersion, languagesOf(service));
    if (!found) return null;
    const { text, sha256 } = found;
    const policy = { text, shown: { version: text.version, lang: text.lang, sha256 } };
    lastFound.set(service, { shelf, version, lang: inLang, policy });
    return policy;
  };

  return {
    current,
    view(service) {
      const found = current(service);
      return found && viewOfText(service, found.text);
    },
    changedAtMs: (service, purpose, policyVersion) =>
      parts.shelf(service).timeline.changedAtMs(purpose, policyVersion),
    announcement(service, asked) {
      const manifest = manifestOf(service);
      const shown = current(service);
      if (!manifest || !shown) return null;
      const optional = manifest.purposes.filter(({ kind }) => kind !== 'necessary');
      const changesOf = ({ texts }: KnownVersion): readonly Change[] =>
        inBestLanguage(
          texts.map((text) => ({ text })),
          languagesOf(service),
        )?.text.changes ?? [];
      return announcementOf({
        timeline: parts.shelf(service).timeline,
        current: shown.text.version,
        nowMs: nowMs(),
        optional: optional.map(({ id }) => id),
        asked,
        changesOf,
      });
    },
    nextChangeMs(service, afterMs) {
      const { versions } = parts.shelf(service).timeline;
      return versions.find(({ effectiveAtMs }) => effectiveAtMs > afterMs)?.effectiveAtMs ?? null;
    },
  };
}

/** A text as the window shows it. */
export function viewOfText(service: string, text: PolicyText): PolicyView {
  const { version, dated, lang, label, sections } = text;
  return { service, version, dated, lang, label, sections };
}
