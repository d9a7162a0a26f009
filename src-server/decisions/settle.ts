/** A decision that passed every check of its own, ready to be kept. */
export interface CheckedDecision {
  readonly id: string;
  readonly chain: string;
  readonly seq: number;
  /** Canonical JSON. */
  readonly jcs: string;
}

/** What the store already has of a decision. */
export interface KeptDecision extends CheckedDecision {
  readonly receivedAtMs: number;
  /** Whether it is this account's: ids are unique across accounts, places in a chain only within one. */
  readonly ofThisAccount: boolean;
}

/** What becomes of one decision of a request. */
export type Settled =
  | { readonly status: 'received' | 'repeated'; readonly receivedAtMs: number }
  | { readonly status: 'refused'; readonly problem: 'decision-conflict' | 'chain-fork' };

/**
 * Settles the decisions of one request of one account, in their order, against what is kept already and against one
 * another: a repeat gets the answer of the first time, the same id with other bytes is a conflict, and a place in a
 * chain that another id holds is a fork.
 * @param kept every kept decision that shares an id or a place in a chain with one of `decisions`.
 * @returns what becomes of each, in the same order; those that are `received` are to be kept.
 */
export function settle(
  decisions: readonly CheckedDecision[],
  kept: readonly KeptDecision[],
  receivedAtMs: number,
): Settled[] {
  const byId = new Map(kept.map((decision) => [decision.id, decision]));
  const takenPlaces = new Set(kept.filter((decision) => decision.ofThisAccount).map(placeOf));
  return decisions.map((decision): Settled => {
    const earlier = byId.get(decision.id);
    if (earlier) {
      return earlier.jcs === decision.jcs
        ? { status: 'repeated', receivedAtMs: earlier.receivedAtMs }
        : { status: 'refused', problem: 'decision-conflict' };
    }
    if (takenPlaces.has(placeOf(decision))) return { status: 'refused', problem: 'chain-fork' };
    byId.set(decision.id, { ...decision, receivedAtMs, ofThisAccount: true });
    takenPlaces.add(placeOf(decision));
    return { status: 'received', receivedAtMs };
  });
}

function placeOf(decision: { readonly chain: string; readonly seq: number }): string {
  return `${decision.seq} ${decision.chain}`;
}
