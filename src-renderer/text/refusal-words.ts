import type { ProblemType } from '../../src-shared/api-contract.js';
import type { SyncMessages } from '../../src-shared/text/index.js';
import type { SyncItem } from '../../src-shared/views.js';

type Reason = Extract<keyof SyncMessages, `reason${string}`>;

/** The sentence for each problem a service may refuse with; several of them mean the same to the person. */
const REASONS: Readonly<Record<ProblemType, Exclude<Reason, 'reasonTold'>>> = {
  'policy-unknown': 'reasonText',
  'decision-conflict': 'reasonOther',
  'chain-fork': 'reasonOther',
  'decision-not-yours': 'reasonNotYours',
  'decision-unproven': 'reasonUnproven',
  'decision-malformed': 'reasonMalformed',
  'bad-request': 'reasonMalformed',
  'body-too-large': 'reasonMalformed',
  'session-missing': 'reasonSession',
  'session-expired': 'reasonSession',
  'session-ended': 'reasonSession',
  'bad-credentials': 'reasonSession',
  'account-exists': 'reasonTrouble',
  'sign-in-not-fresh': 'reasonTrouble',
  'other-person': 'reasonTrouble',
  'too-many-requests': 'reasonTrouble',
  'not-found': 'reasonTrouble',
  'cursor-expired': 'reasonTrouble',
  unavailable: 'reasonTrouble',
  internal: 'reasonTrouble',
};

/** Why a service did not take something, in a sentence; a newer service may name a reason that is not known here. */
export function reasonWords(type: string, service: string, text: SyncMessages): string {
  const known = Object.entries(REASONS).find(([name]) => name === type)?.[1];
  return text[known ?? 'reasonUnknown']({ service });
}

/** The service's own words are foreign text and may be long. */
const LONGEST_TOLD = 300;

/** Everything there is to say about a refused item: why, what it means for the choice; null for one that was not refused. */
export function refusedWords(
  { refusal, choices }: Pick<SyncItem, 'refusal' | 'choices'>,
  service: string,
  text: SyncMessages,
): { readonly reason: string; readonly told: string | null; readonly means: string } | null {
  if (!refusal) return null;
  const said = Object.values(choices);
  const means = said.includes('granted')
    ? text.yesMeans()
    : said.length > 0
      ? text.noMeans()
      : text.restMeans();
  const told = refusal.detail?.trim() ?? '';
  return {
    reason: reasonWords(refusal.type, service, text),
    told: told === '' ? null : text.reasonTold({ detail: told.slice(0, LONGEST_TOLD) }),
    means,
  };
}
