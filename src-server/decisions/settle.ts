import { grown, placeFault, type ChainState } from './chain-place.js';
import { headerOf, remainsText, type CheckedEntry } from './entry.js';
import type { Objection } from './objections.js';
import { compareWith, type EarlierEntry } from './same-id.js';

/** An entry of a request, with what speaks against taking it. */
export interface EntryToSettle {
  readonly entry: CheckedEntry;
  readonly objection: Objection | null;
  /** Whether it may take away the words of what is kept, if it is a header. */
  readonly mayErase: boolean;
}

/** Something kept already, with the answer it got. */
export interface KeptEntry extends EarlierEntry {
  readonly id: string;
  /** Its number, where it is a bare decision of this very account and device: those stand in no chain. */
  readonly bareSeq: number | null;
  readonly receivedAtMs: number;
  /** JSON; null where there is none, as from before receipts. */
  readonly receipt: string | null;
}

/** All that is kept and may matter to the entries of one request. */
export interface Kept {
  /** Whatever has the id of one of them, and the bare decisions at their numbers. */
  readonly entries: readonly KeptEntry[];
  readonly chains: ReadonlyMap<string, ChainState>;
}

/** What becomes of one entry. `keep` is what to keep of it. */
export type Verdict =
  | { readonly status: 'received'; readonly keep: CheckedEntry }
  /** The answer of the first time: that of a kept entry, or of the entry at `index` of this very request. */
  | { readonly status: 'repeated'; readonly first: KeptEntry | { readonly index: number } }
  | {
      readonly status: 'refused';
      readonly problem:
        'decision-conflict' | 'chain-fork' | 'decision-not-yours' | Objection['problem'];
      readonly detail?: string;
      readonly keep?: CheckedEntry;
    };

export interface Settled {
  /** One for each entry, in order. */
  readonly verdicts: readonly Verdict[];
  /** The chains that have grown, as they are now. */
  readonly chains: ReadonlyMap<string, ChainState>;
}

interface Known extends EarlierEntry {
  readonly first: KeptEntry | { readonly index: number };
}

/**
 * Settles the entries of one request of one device, in their order, against what is kept and against one another.
 *
 * A repeat gets the answer of the first time whatever speaks against it now. A grant refused for its policy leaves its
 * header, so that the next entry of the chain has something to follow. The whole of what came as a held header takes the
 * header's place, unless something speaks against it. Everything else that is refused leaves nothing.
 */
export function settle(entries: readonly EntryToSettle[], kept: Kept): Settled {
  const known = new Map<string, Known>();
  for (const one of kept.entries) known.set(one.id, { ...one, first: one });
  const bareSeqs = new Set(kept.entries.map((one) => one.bareSeq));
  const grownChains = new Map<string, ChainState>();
  const chainOf = (chain: string) => grownChains.get(chain) ?? kept.chains.get(chain);

  const note = (entry: CheckedEntry, index: number, wasRefused: boolean): void => {
    const words = entry.form === 'header' ? null : entry.jcs;
    const remains = entry.form === 'header' ? remainsText(entry.remains) : null;
    const link = entry.form === 'bare' ? null : entry.link;
    known.set(entry.id, {
      ofThisAccount: true,
      entryHash: link?.entryHash ?? null,
      signature: link?.signature ?? null,
      jcs: words,
      remains,
      wasRefused,
      wasHeld: entry.form === 'header' && entry.held,
      first: { index },
    });
  };

  const ofSameId = ({ entry, ...sent }: EntryToSettle, earlier: Known, index: number): Verdict => {
    const replaced = (): Verdict => {
      const keep = replacing(entry, earlier);
      note(keep, index, false);
      return { status: 'received', keep };
    };
    switch (compareWith(earlier, entry, sent.mayErase)) {
      case 'same':
        return { status: 'repeated', first: earlier.first };
      case 'refused-before':
        return { status: 'refused', problem: 'policy-unknown' };
      case 'conflict':
        return { status: 'refused', problem: 'decision-conflict' };
      case 'elsewhere':
        return refusedPlace('entryHash: the decision of this id does not stand here');
      case 'completes':
        return sent.objection ? { status: 'refused', ...sent.objection } : replaced();
      case 'erases':
        return replaced();
    }
  };

  const verdicts = entries.map((sent, index): Verdict => {
    const { entry, objection } = sent;
    const link = entry.form === 'bare' ? null : entry.link;
    const chain = link && chainOf(link.chain);
    if (chain?.ofThisDevice === false) {
      const detail = '`chain` was begun by another account or device';
      return { status: 'refused', problem: 'decision-not-yours', detail };
    }
    const earlier = known.get(entry.id);
    if (earlier) return ofSameId(sent, earlier, index);
    const refusal: Verdict | null = objection && { status: 'refused', ...objection };
    if (refusal && objection?.problem === 'decision-unproven') return refusal;
    if (entry.form === 'bare') {
      if (bareSeqs.has(entry.decision.seq)) return refusedPlace('seq: was used by another id');
      if (refusal) return refusal;
      bareSeqs.add(entry.decision.seq);
      note(entry, index, false);
      return { status: 'received', keep: entry };
    }
    const fault = placeFault(entry.link, chain ?? undefined);
    if (fault !== null) return refusedPlace(fault);
    grownChains.set(entry.link.chain, grown(entry.link, chain ?? undefined));
    const keep = refusal && entry.form === 'chained' ? headerOf(entry) : entry;
    note(keep, index, refusal !== null);
    return refusal ? { ...refusal, keep } : { status: 'received', keep };
  });
  return { verdicts, chains: grownChains };
}

function refusedPlace(detail: string): Verdict {
  return { status: 'refused', problem: 'chain-fork', detail };
}

/**
 * An entry that takes the place of an earlier one with the same hash. It may come without the signature that the earlier one
 * came with, which still holds; and a header that stands for good is held no more.
 */
function replacing(entry: CheckedEntry, { signature }: EarlierEntry): CheckedEntry {
  if (entry.form === 'bare') return entry;
  const link = { ...entry.link, signature: entry.link.signature ?? signature };
  return entry.form === 'header' ? { ...entry, held: false, link } : { ...entry, link };
}
