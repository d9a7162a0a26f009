import type { BriefAnswer } from '../../src-shared/brief-answer.js';
import type { ServiceContext } from '../context.js';
import type { SessionRow } from '../store/sessions.js';
import { checkEntry } from './check-entry.js';
import { forgedAmong, objectionTo } from './objections.js';
import { briefOf, refusal, resultOf, type SentResult } from './results.js';
import { takeEntries } from './take.js';

/** What is said of a signature that proves nothing. */
const FORGED = '`signature` is not that of a key of this device over `entryHash`';

/** Requests of up to so many entries are waited for by commits; more could be as many signatures, and hold everybody up. */
const MOST_TO_WAIT_FOR = 8;

/**
 * Takes the entries of one request of a session: each is checked on its own, the good ones are settled, signed for and
 * kept in one transaction.
 * @param isBrief whether a brief answer will do where there is one.
 * @returns one result per entry, in their order.
 */
export async function push(
  context: ServiceContext,
  session: SessionRow,
  entries: readonly unknown[],
  isBrief: boolean,
): Promise<{ results: SentResult[] } | BriefAnswer> {
  const { service, store, signatures } = context;
  const sender = { accountId: session.account_id, deviceId: session.device_id };
  const checked = entries.map((entry) => checkEntry(entry, { service: service.id, ...sender }));
  const readable = checked.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const keys = await store.deviceKeys.ofDevice(sender.accountId, sender.deviceId);
  const isShort = readable.length <= MOST_TO_WAIT_FOR;
  const isSigned = isShort ? signatures.isSigned : signatures.forManyEntries();
  const signaturesChecked = forgedAmong(readable, ({ kid, entryHash, signature }) =>
    isSigned(keys.get(kid)?.x, entryHash, signature),
  );
  const forged = await (isShort ? store.decisions.expect(signaturesChecked) : signaturesChecked);
  const grounds = { hasKey: keys.size > 0, knowsPolicy: service.knowsPolicy };
  const good = readable
    .filter((entry) => !forged.has(entry))
    .map((entry) => ({ entry, objection: objectionTo(entry, grounds), mayErase: true }));
  const outcomes = await takeEntries(context, sender, good);
  const brief = isBrief && good.length === entries.length ? briefOf(outcomes) : null;
  if (brief) return brief;
  const outcomeOf = new Map(good.map(({ entry }, index) => [entry, outcomes[index]]));
  const results = checked.map((entry): SentResult => {
    if (!entry.ok) return refusal(entry.error.id, entry.error.problem, entry.error.detail);
    const { value } = entry;
    if (forged.has(value)) return refusal(value.id, 'decision-unproven', FORGED);
    const outcome = outcomeOf.get(value);
    // Cannot be, and if it were, the client must not take it for a success.
    return outcome ? resultOf(value.id, outcome) : refusal(value.id, 'internal', 'no result');
  });
  return { results };
}
