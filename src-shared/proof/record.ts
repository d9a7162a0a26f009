import { EVERY_PURPOSE, type Decision } from '../consent/decision.js';
import { choiceFor } from '../consent/effective-state.js';
import { grantEndsAtMs, pressedAtMs } from '../consent/expiry.js';
import { noticeIdOf } from './notices.js';
import { idOf, purposesOf, type Evidence, type EvidenceEntry, type ShownText } from './evidence.js';
import { purposeTerm } from './terms.js';

/** What one record of an export is made from. */
export interface RecordParts {
  readonly evidence: Evidence;
  readonly entry: EvidenceEntry;
  /** The text that stood on the screen, where it is known. */
  readonly shown: ShownText | null;
  /** The only purpose to speak of; undefined: all. */
  readonly onlyPurpose: string | undefined;
}

/**
 * One decision as a consent record: names and order of ISO/IEC TS 27560 (header, processing, events). An acknowledgement
 * is of a kind of its own, because it is never consent; so is what is left of an erased decision.
 */
export function recordOf(parts: RecordParts): object {
  const { evidence, entry, onlyPurpose } = parts;
  const { decision } = entry;
  const id = idOf(entry);
  const purposes = purposesOf(entry).filter(
    (purpose) => onlyPurpose === undefined || purpose === onlyPurpose || purpose === EVERY_PURPOSE,
  );
  return {
    id: `urn:uuid:${id}`,
    type: typeOf(decision),
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: id,
    pii_principal: {
      type: 'DataSubject',
      pii_principal_id: evidence.subject.id,
      pii_principal_is: evidence.subject.kind,
    },
    ...(decision
      ? { device: decision.device, privacy_notice: noticeOf(decision, parts.shown) }
      : {}),
    ...(decision?.action === 'acknowledge'
      ? { acknowledged_time: decision.at, event_place: decision.surface, ...receivedTime(entry) }
      : {}),
    ...(purposes.length > 0
      ? { purposes: purposes.map((purpose) => processOf(parts, purpose)) }
      : {}),
  };
}

function typeOf(decision: Decision | null): string {
  if (!decision) return 'ErasedRecord';
  return decision.action === 'acknowledge' ? 'Acknowledgement' : 'ConsentRecord';
}

function receivedTime({ receivedAt }: EvidenceEntry): object {
  return receivedAt === null ? {} : { received_time: receivedAt };
}

function noticeOf({ action, policy }: Decision, shown: ShownText | null): object {
  return {
    type: 'ConsentNotice',
    notice_version: policy.version,
    language: policy.lang,
    sha256: policy.sha256,
    ...(action === 'acknowledge' ? { notice_status: 'NoticeUsed' } : {}),
    ...(shown ? { text_shown: noticeIdOf(policy.sha256) } : {}),
  };
}

/** What the person said about one purpose, beside what the card said of it. */
function processOf({ evidence, entry, shown }: RecordParts, purpose: string): object {
  const card = shown?.label.purposes.find(({ id }) => id === purpose);
  return {
    type: 'Process',
    purpose: {
      type: 'Purpose',
      purpose_id: purpose,
      purpose_name: card?.name ?? (purpose === EVERY_PURPOSE ? 'Every optional purpose' : purpose),
      purpose_type: purposeTerm(purpose),
      ...(card ? { purpose_description: `${card.what} ${card.why}` } : {}),
    },
    lawful_basis: 'Consent',
    pii_controllers: evidence.service.baseAddress,
    services: evidence.service.name,
    ...(card
      ? {
          pii_information: card.data.map((kind) => ({ type: 'PersonalData', pii_type: kind })),
          recipient_third_parties: card.recipients,
          retention_period: card.retention.text,
        }
      : {}),
    ...(shown
      ? {
          withdrawal_method: {
            type: 'WithdrawConsent',
            withdrawal_words: shown.label.howToWithdraw,
          },
        }
      : {}),
    events: [eventOf(entry, purpose)],
  };
}

/** What happened: the press, and when the service took it. Of an erased decision only that there was one. */
function eventOf(entry: EvidenceEntry, purpose: string): object {
  const { decision } = entry;
  if (!decision) return { event_state: 'ConsentUnknown', ...receivedTime(entry) };
  const granted = choiceFor(decision, purpose) === 'granted';
  return {
    event_state: granted ? 'ConsentGiven' : refusalTerm(decision),
    ...(granted ? { event_type: 'ExpressedConsent' } : {}),
    event_time: decision.at,
    ...receivedTime(entry),
    entity_id: decision.subject ?? decision.device,
    event_method: decision.action,
    event_place: decision.surface,
    ...(granted ? validityOf(entry, decision) : {}),
  };
}

/** DPV knows consent that was never given and consent taken back; only the button for the latter says which it was. */
function refusalTerm({ action }: Decision): string {
  return action === 'withdraw' ? 'ConsentWithdrawn' : 'ConsentRefused';
}

/** Last moment that a date of four digits a year can name. */
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Nothing for a clock so wrong that no date comes of it: such a grant has no end that could be shown. */
function validityOf({ receivedAt }: EvidenceEntry, decision: Decision): object {
  const endsAtMs = grantEndsAtMs({
    pressedAtMs: pressedAtMs(decision),
    receivedAtMs: receivedAt === null ? null : Date.parse(receivedAt),
  });
  if (endsAtMs < 0 || endsAtMs > LATEST_MS) return {};
  const duration_value = new Date(endsAtMs).toISOString();
  return { validity_duration: { type: 'UntilTimeDuration', duration_value } };
}
