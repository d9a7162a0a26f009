import {
  actionSchema,
  contradictionsIn,
  EVERY_PURPOSE,
  MAX_SUPERSEDED,
  surfaceSchema,
  type Decision,
} from '../../src-shared/consent/decision.js';
import { PATTERNS } from '../../src-shared/ids.js';
import { canonicalJson } from '../../src-shared/ledger/canonical.js';
import { is, membersOf, remembering } from '../../src-shared/plain.js';

const ACTIONS: ReadonlySet<unknown> = new Set(actionSchema.options);
const SURFACES: ReadonlySet<unknown> = new Set(surfaceSchema.options);

/** Printable ASCII without what JSON escapes. */
const VERSION = /^[ !#-[\]-~]{1,64}$/;
/**
 * `2026-11-22T08:30:00.000Z`, as every client of ours writes a moment, on a day that every year has: a leap day takes the
 * longer way by the schema.
 */
const INSTANT =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** What all decisions of a request, or all purposes of a decision, mostly have in common. */
const isService = remembering(PATTERNS.name);
const isSubject = remembering(PATTERNS.opaque);
const isDevice = remembering(PATTERNS.opaque);
const isSuperseded = remembering(PATTERNS.uuidV7);
const isLanguage = remembering(PATTERNS.language);
const isHash = remembering(PATTERNS.sha256);
const isVersion = remembering(VERSION);
/** Members of a decision without a clock offset, and of a policy. */
const DECISION_MEMBERS = 12;
const POLICY_MEMBERS = 3;

/** A decision in the plainest form: whatever it says is ASCII that JSON writes as it is. */
export interface PlainDecision {
  readonly decision: Decision;
  /** The decision as canonical JSON. */
  readonly jcs: string;
}

/**
 * Reads a decision in the plainest form, as all our clients send it, without asking its schema: it takes only what that takes.
 * @param said made by `JSON.parse`.
 * @returns null for anything that it does not know to be good.
 */
export function readPlainDecision(said: unknown): PlainDecision | null {
  const members = membersOf(said);
  if (!members) return null;
  const { v, id, service, subject, device, seq, at, clockOffsetMs } = members;
  const { action, surface, choices, supersedes, policy } = members;
  const expected = clockOffsetMs === undefined ? DECISION_MEMBERS : DECISION_MEMBERS + 1;
  const isPlain =
    // All of the members below are there, so that none but them is when the number is right.
    Object.keys(members).length === expected &&
    v === 1 &&
    is(PATTERNS.uuidV7, id) &&
    isService(service) &&
    (subject === null || isSubject(subject)) &&
    isDevice(device) &&
    isWhole(seq) &&
    seq >= 1 &&
    is(INSTANT, at) &&
    (clockOffsetMs === undefined || isWhole(clockOffsetMs)) &&
    ACTIONS.has(action) &&
    SURFACES.has(surface);
  if (!isPlain) return null;
  const chosen = byPurpose(choices, isChoice);
  const superseded = byPurpose(supersedes, areIds);
  const shown = policyText(policy);
  const decision = said as Decision;
  if (chosen === null || superseded === null || shown === null) return null;
  if (contradictionsIn(decision).length > 0) return null;
  const offset = clockOffsetMs === undefined ? '' : `"clockOffsetMs":${clockOffsetMs},`;
  const whose = subject === null ? 'null' : `"${subject}"`;
  const jcs =
    `{"action":"${decision.action}","at":"${at}","choices":${chosen},${offset}"device":"${device}","id":"${id}",` +
    `"policy":${shown},"seq":${seq},"service":"${service}","subject":${whose},"supersedes":${superseded},` +
    `"surface":"${decision.surface}","v":1}`;
  return { decision, jcs };
}

/** Whether every member is named by a purpose and as it has to be; then all of it as canonical JSON, else null. */
function byPurpose(value: unknown, isGood: (member: unknown) => boolean): string | null {
  const members = membersOf(value);
  if (!members) return null;
  let before = '';
  let isInOrder = true;
  for (const purpose of Object.keys(members)) {
    if (purpose !== EVERY_PURPOSE && !PATTERNS.name.test(purpose)) return null;
    if (!isGood(members[purpose])) return null;
    isInOrder &&= purpose > before;
    before = purpose;
  }
  return isInOrder ? JSON.stringify(value) : canonicalJson(value);
}

function isChoice(value: unknown): boolean {
  return value === 'granted' || value === 'denied';
}

function areIds(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_SUPERSEDED && value.every(isSuperseded);
}

function policyText(value: unknown): string | null {
  const policy = membersOf(value);
  if (!policy || Object.keys(policy).length !== POLICY_MEMBERS) return null;
  const { lang, sha256, version } = policy;
  if (!isLanguage(lang) || !isHash(sha256) || !isVersion(version)) return null;
  return `{"lang":"${lang}","sha256":"${sha256}","version":"${version}"}`;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
