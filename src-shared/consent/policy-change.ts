import type { PolicyText } from '../policy-text.js';
import { widenedPurposes } from './label-widening.js';
import { touchedTogether, touches, type TouchedPurposes } from './touched-purposes.js';

/** A policy text that is at hand, and what is known of the version before it. */
export interface KnownText {
  readonly text: PolicyText;
  /** Names of the version before, as far as anybody has said: null where it is the first one. Usually one or none. */
  readonly previous: readonly (string | null)[];
}

/** One version, in every language at hand. */
export interface KnownVersion {
  readonly version: string;
  /** Milliseconds since 1970; the earliest that any of its texts names. */
  readonly effectiveAtMs: number;
  readonly texts: readonly PolicyText[];
  /** The purposes it changes materially against the version before. */
  readonly touched: TouchedPurposes;
}

/** All versions at hand in the order in which they take effect, and what they do to what was said before them. */
export interface PolicyTimeline {
  /** Oldest first. */
  readonly versions: readonly KnownVersion[];
  /** The versions after `version`, oldest first; all of them when it is not known. */
  after(version: string): readonly KnownVersion[];
  /**
   * When the first material change to `purpose` took or takes effect after `version`, in milliseconds since 1970; null
   * when there is none. A version that is not known, or does not speak of the purpose, has changed since ever:
   * `-Infinity`, since nobody can tell what was agreed to.
   */
  changedAtMs(purpose: string, version: string): number | null;
}

/**
 * Puts versions in order and finds what each changes materially: what its own list calls material, and every widening of
 * its label card whatever the list says. A change is a fact of the version, not of a language: what any one text shows,
 * counts. Where a version says that another one stood before it than the one at hand, or has no language in common with
 * it, the step between is unknown and counts as a change to every purpose. The order of `known` does not matter.
 */
export function policyTimeline(known: readonly KnownText[]): PolicyTimeline {
  const inOrder = versionsInOrder(known);
  const versions = inOrder.map((step, index): KnownVersion => {
    const { version, effectiveAtMs, texts } = step;
    const before = inOrder[index - 1];
    const touched = before ? touchedBetween(before, step) : new Set<string>();
    return { version, effectiveAtMs, texts, touched };
  });
  const placeOf = new Map(versions.map(({ version }, index) => [version, index]));
  return {
    versions,
    after: (version) => versions.slice((placeOf.get(version) ?? -1) + 1),
    changedAtMs(purpose, version) {
      const place = placeOf.get(version);
      const shown = place === undefined ? undefined : versions[place];
      if (place === undefined || !shown || !speaksOf(shown, purpose)) return -Infinity;
      const change = versions.find(
        ({ touched }, index) => index > place && touches(touched, purpose),
      );
      return change?.effectiveAtMs ?? null;
    },
  };
}

/** The names of the versions of some texts, oldest first, as {@link policyTimeline} orders them. */
export function versionNames(texts: readonly PolicyText[]): string[] {
  return versionsInOrder(texts.map((text) => ({ text, previous: [] }))).map(
    ({ version }) => version,
  );
}

/** A text that would close a gap: one version in one language. */
export interface MissingText {
  readonly version: string;
  readonly lang: string;
}

/** What is not at hand and would tell more: versions that others name as the one before, and common languages. */
export function missingTexts(known: readonly KnownText[]): MissingText[] {
  const inOrder = versionsInOrder(known);
  const atHand = new Set(inOrder.map(({ version }) => version));
  const named = known.flatMap(({ text: { lang }, previous }) =>
    previous.flatMap((version) =>
      version === null || atHand.has(version) ? [] : [{ version, lang }],
    ),
  );
  const speechless = inOrder.flatMap((step, index) => {
    const before = inOrder[index - 1];
    if (!before || commonPairs(before, step).length > 0) return [];
    const inLanguagesOf = ({ texts }: Step, { version }: Step): MissingText[] =>
      texts.map(({ lang }) => ({ version, lang }));
    return [...inLanguagesOf(before, step), ...inLanguagesOf(step, before)];
  });
  return [...named, ...speechless];
}

/** A version before anything is compared. */
interface Step {
  readonly version: string;
  readonly effectiveAtMs: number;
  readonly texts: readonly PolicyText[];
  readonly previous: readonly (string | null)[];
}

function versionsInOrder(known: readonly KnownText[]): Step[] {
  return [...new Set(known.map(({ text }) => text.version))]
    .map((version) => {
      const members = known.filter(({ text }) => text.version === version);
      return {
        version,
        effectiveAtMs: Math.min(...members.map(({ text }) => Date.parse(text.effectiveAt))),
        texts: members.map(({ text }) => text),
        previous: members.flatMap(({ previous }) => previous),
      };
    })
    .sort((a, b) => a.effectiveAtMs - b.effectiveAtMs || (a.version < b.version ? -1 : 1));
}

function touchedBetween(before: Step, step: Step): TouchedPurposes {
  const pairs = commonPairs(before, step);
  if (pairs.length === 0 || step.previous.some((name) => name !== before.version)) return 'every';
  const declared = step.texts
    .flatMap(({ changes }) => changes)
    .filter(({ material }) => material)
    // A change that names no purpose is about the policy as a whole.
    .map(({ purposes }): TouchedPurposes => (purposes.length === 0 ? 'every' : new Set(purposes)));
  const widened = pairs.map(([from, to]) => widenedPurposes(from.label, to.label));
  return touchedTogether([...declared, ...widened]);
}

function commonPairs(before: Step, step: Step): (readonly [PolicyText, PolicyText])[] {
  return before.texts.flatMap((from) =>
    step.texts.filter(({ lang }) => lang === from.lang).map((to) => [from, to] as const),
  );
}

function speaksOf({ texts }: KnownVersion, purpose: string): boolean {
  return texts.some(({ label }) => label.purposes.some(({ id }) => id === purpose));
}
