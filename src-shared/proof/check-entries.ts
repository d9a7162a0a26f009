import type { Decision } from '../consent/decision.js';
import { canonicalJson, NotCanonicalError } from '../ledger/canonical.js';
import { CHAIN_START } from '../ledger/entry.js';
import { faultOf, type ChainLink, type ChainPosition, type LinkCrypto } from '../ledger/chain.js';
import { idOf, type Evidence, type EvidenceEntry } from './evidence.js';
import type { FalseFinding, LimitFinding } from './findings.js';

/** What checking the chains of an export found. */
export interface CheckedEntries {
  readonly untrue: FalseFinding[];
  readonly limits: LimitFinding[];
  /** Ids of the entries whose link holds. */
  readonly sound: ReadonlySet<string>;
  readonly chains: number;
}

type LinkedEntry = EvidenceEntry & { readonly link: NonNullable<EvidenceEntry['link']> };

/** The canonical text of a decision; null for one that is too long to have one. */
export function jcsOf(decision: Decision): string | null {
  try {
    return canonicalJson(decision);
  } catch (error) {
    if (error instanceof NotCanonicalError) return null;
    throw error;
  }
}

/** Follows every chain from its first entry in the file: hashes, order, links and device signatures. */
export function checkChains(crypto: LinkCrypto, { entries }: Evidence): CheckedEntries {
  const untrue: FalseFinding[] = [];
  const limits: LimitFinding[] = [];
  const sound = new Set<string>();
  const chains = chainsOf(entries);
  for (const chain of chains) {
    let before: ChainPosition | null = null;
    for (const entry of chain) {
      const { link } = entry;
      const record = idOf(entry);
      const start = startOf(link, before);
      if (start?.missing) limits.push({ code: 'gap', ...start.missing });
      const fault = faultOf(crypto, chainLinkOf(entry), start ? start.position : before);
      if (fault) untrue.push({ code: 'link', record, fault });
      else sound.add(record);
      before = link;
    }
  }
  return { untrue, limits, sound, chains: chains.length };
}

function chainsOf(entries: readonly EvidenceEntry[]): LinkedEntry[][] {
  const chains = new Map<string, LinkedEntry[]>();
  for (const entry of entries) {
    if (!entry.link) continue;
    const chain = chains.get(entry.link.chain) ?? [];
    chain.push({ ...entry, link: entry.link });
    chains.set(entry.link.chain, chain);
  }
  return [...chains.values()].map((chain) => chain.toSorted((a, b) => a.link.seq - b.link.seq));
}

interface Start {
  /** Null at the start of the chain itself. */
  readonly position: ChainPosition | null;
  readonly missing: {
    readonly chain: string;
    readonly after: number;
    readonly before: number;
  } | null;
}

/**
 * Where the checking starts anew: at the first entry, and after entries that are not in the file. What they were is then
 * taken from the entry's own `prev`. Null where the entry follows the one before it.
 */
function startOf(link: LinkedEntry['link'], before: ChainPosition | null): Start | null {
  const { chain, seq, prev } = link;
  if (before && seq <= before.seq + 1) return null;
  if (!before && prev === CHAIN_START) return { position: null, missing: null };
  return {
    position: { chain, seq: seq - 1, entryHash: prev },
    missing: { chain, after: before?.seq ?? 0, before: seq },
  };
}

function chainLinkOf({ link, decision, salt, signature }: LinkedEntry): ChainLink {
  if (!decision || salt === null) return { v: 1, ...link, payload: null, signature };
  // An empty text hashes to something else than any decision does, so that a decision without a form is found changed.
  return { v: 1, ...link, payload: { salt, jcs: jcsOf(decision) ?? '' }, signature };
}
