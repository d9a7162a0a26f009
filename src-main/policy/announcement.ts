import type { KnownVersion, PolicyTimeline } from '../../src-shared/consent/policy-change.js';
import { touches } from '../../src-shared/consent/touched-purposes.js';
import type { Change } from '../../src-shared/policy-text.js';
import type { AnnouncementView } from '../../src-shared/views.js';

/** A purpose that is to be asked about again, and the version under which it was last answered. */
export interface AskedAgain {
  readonly purpose: string;
  readonly policyVersion: string;
}

/** What an announcement depends on. */
export interface AnnouncementFacts {
  readonly timeline: PolicyTimeline;
  /** The version on show. */
  readonly current: string;
  readonly nowMs: number;
  /** The purposes that are the person's to decide. */
  readonly optional: readonly string[];
  /** Purposes that read `ask-again`, whatever the reason. */
  readonly asked: readonly AskedAgain[];
  /** The list of changes of a version, in the language of the window. */
  readonly changesOf: (version: KnownVersion) => readonly Change[];
}

/**
 * What the person is to be told about a changed policy: first a material change that is in force and has not been
 * answered since, because what it touches is closed; else the next one to come, so that nobody is taken by surprise
 * (WP260, no. 29; GDPR Art. 13(3)). Null when there is neither.
 */
export function announcementOf(facts: AnnouncementFacts): AnnouncementView | null {
  return unanswered(facts) ?? upcoming(facts);
}

function unanswered(facts: AnnouncementFacts): AnnouncementView | null {
  const { timeline, nowMs, asked, current } = facts;
  const changed = asked.filter(({ purpose, policyVersion }) => {
    const changedAtMs = timeline.changedAtMs(purpose, policyVersion);
    return changedAtMs !== null && changedAtMs <= nowMs;
  });
  const answered = timeline.versions.find(({ version }) =>
    changed.some(({ policyVersion }) => policyVersion === version),
  );
  const purposes = changed.map(({ purpose }) => purpose);
  const since = (answered ? timeline.after(answered.version) : timeline.versions).filter(
    ({ effectiveAtMs, touched }) =>
      effectiveAtMs <= nowMs && purposes.some((purpose) => touches(touched, purpose)),
  );
  const newest = since.at(-1);
  if (!newest || changed.length === 0) return null;
  return {
    version: current,
    from: answered?.version ?? null,
    effectiveAt: instantOf(newest),
    isInForce: true,
    purposes: facts.optional.filter((purpose) => purposes.includes(purpose)),
    summaries: summariesOf(since, facts, purposes),
  };
}

function upcoming(facts: AnnouncementFacts): AnnouncementView | null {
  const { timeline, current, nowMs, optional } = facts;
  const next = timeline.versions.find(
    ({ version, effectiveAtMs, touched }) =>
      effectiveAtMs > nowMs && version !== current && (touched === 'every' || touched.size > 0),
  );
  if (!next) return null;
  return {
    version: next.version,
    from: current,
    effectiveAt: instantOf(next),
    isInForce: false,
    purposes: optional.filter((purpose) => touches(next.touched, purpose)),
    summaries: summariesOf([next], facts, null),
  };
}

/** @param purposes only what touches one of them; null: everything material. */
function summariesOf(
  versions: readonly KnownVersion[],
  { changesOf }: AnnouncementFacts,
  purposes: readonly string[] | null,
): string[] {
  const summaries = versions
    .flatMap(changesOf)
    .filter(({ material }) => material)
    .filter(
      (change) =>
        purposes === null ||
        change.purposes.length === 0 ||
        change.purposes.some((purpose) => purposes.includes(purpose)),
    )
    .map(({ summary }) => summary);
  return [...new Set(summaries)];
}

function instantOf({ effectiveAtMs }: KnownVersion): string {
  return new Date(effectiveAtMs).toISOString();
}
