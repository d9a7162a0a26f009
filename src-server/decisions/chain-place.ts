import { CHAIN_START } from '../../src-shared/ledger/entry.js';
import type { Link } from './entry.js';

/** What is known of a chain. All numbers from `firstSeq` to `lastSeq` are taken. */
export interface ChainState {
  /** A chain belongs to one account and device for ever. */
  readonly ofThisDevice: boolean;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly lastHash: string;
}

/**
 * Why an entry cannot be the next one of its chain, in words; null when it can.
 * @param state undefined for a chain nobody has begun.
 */
export function placeFault(link: Link, state: ChainState | undefined): string | null {
  if (state === undefined) {
    return link.prev === CHAIN_START ? null : 'prev: the first entry of a chain has 64 zeros here';
  }
  if (link.seq <= state.lastSeq) {
    return link.seq < state.firstSeq
      ? `seq: the chain begins at ${state.firstSeq}`
      : 'seq: another entry holds this place';
  }
  if (link.seq > state.lastSeq + 1) return `seq: a gap, ${state.lastSeq + 1} would be next`;
  return link.prev === state.lastHash ? null : 'prev: is not the hash of the entry before';
}

/** The chain once the entry stands at its end. */
export function grown(link: Link, state: ChainState | undefined): ChainState {
  const { seq, entryHash } = link;
  const firstSeq = state?.firstSeq ?? seq;
  return { ofThisDevice: true, firstSeq, lastSeq: seq, lastHash: entryHash };
}
