import type { MissingText } from '../../src-shared/consent/policy-change.js';
import type { ApiClient, ApiFailure } from '../api/index.js';
import type { Policies } from '../policy/index.js';
import { DONE, NOT_UNDERSTOOD, NOT_WANTED, type StepOutcome } from './outcome.js';

/** How many versions that were missed are fetched in one run; the next run goes on where this one ended. */
const MOST_MISSED = 20;

interface Parts {
  readonly api: Pick<ApiClient, 'policy'>;
  readonly policies: Pick<Policies, 'keep' | 'missing' | 'lang' | 'answered'>;
  readonly stillWanted: () => boolean;
  /** Told after a text came in that was not known. */
  readonly onNews: () => void;
}

/**
 * Fetches the newest policy of a service and what it tells was missed before it. It comes before the decisions of a run,
 * because one that names an unknown version counts as closed.
 *
 * A service without policies at its address (404) is no failure. What is wrong with an older text holds up nothing: the
 * gap that it leaves is closed on the strict side.
 */
export async function pullPolicies(
  { api, policies, stillWanted, onNews }: Parts,
  service: string,
  baseAddress: string,
): Promise<StepOutcome> {
  const asked = new Set<string>();
  const news: boolean[] = [];
  const fetchOne = async (wish: { version?: string; lang: string }): Promise<StepOutcome> => {
    const answer = await api.policy(baseAddress, wish);
    if (!stillWanted()) return NOT_WANTED;
    if (!answer.ok) return outcomeOf(answer.error);
    const kept = policies.keep(service, answer.value);
    if (kept.ok) news.push(kept.value);
    else if (kept.error.code === 'not-understood') return NOT_UNDERSTOOD;
    else return { kind: 'failed', problem: 'server-error', retryAfterMs: null };
    if (wish.version === undefined) policies.answered(service);
    return DONE;
  };
  const nextMissed = (): MissingText | undefined =>
    asked.size < MOST_MISSED
      ? policies.missing(service).find((missed) => !asked.has(JSON.stringify(missed)))
      : undefined;

  let outcome = await fetchOne({ lang: policies.lang() });
  for (let missed = nextMissed(); outcome.kind === 'done' && missed; missed = nextMissed()) {
    asked.add(JSON.stringify(missed));
    const { version, lang } = missed;
    outcome = await fetchOne({ version, lang });
    if (outcome === NOT_UNDERSTOOD) outcome = DONE;
  }
  if (news.includes(true) && outcome.kind !== 'not-wanted') onNews();
  return outcome;
}

/** Nobody signs in to read a policy, so that no answer to it says anything about the session. */
function outcomeOf(failure: ApiFailure): StepOutcome {
  switch (failure.kind) {
    case 'no-service':
      return DONE;
    case 'problem':
    case 'server-error':
      return { kind: 'failed', problem: 'server-error', retryAfterMs: failure.retryAfterMs };
    case 'no-network':
      return { kind: 'failed', problem: failure.kind, retryAfterMs: null };
    case 'not-understood':
      return NOT_UNDERSTOOD;
  }
}
