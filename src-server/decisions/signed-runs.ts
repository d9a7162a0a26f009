/** A signed entry whose `entryHash` has been checked to be that of its own header, `prev` among it. */
export interface SignedEntry {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly entryHash: string;
  readonly kid: string;
  readonly signature: string;
}

/**
 * Which entries of one request are proven by a signature.
 *
 * A *run* is a row of entries of one chain and one key, each linked to the one before it by number and hash. Whoever
 * signed its last entry signed, through those hashes, all of it, so one check proves the run. Only where that check fails
 * is each entry of the run checked on its own.
 * @param isSigned whether an entry's own signature is good.
 * @returns for each entry, in order, whether it is proven.
 */
export async function provenEntries(
  entries: readonly SignedEntry[],
  isSigned: (entry: SignedEntry) => Promise<boolean>,
): Promise<boolean[]> {
  const proven = entries.map(() => false);
  const prove = async (at: number): Promise<boolean> => {
    const entry = entries[at];
    return entry !== undefined && (proven[at] = await isSigned(entry));
  };
  await Promise.all(
    runsOf(entries).map(async (run) => {
      const last = run.at(-1);
      if (last === undefined) return;
      const others = run.slice(0, -1);
      if (await prove(last)) for (const at of others) proven[at] = true;
      else await Promise.all(others.map(prove));
    }),
  );
  return proven;
}

/** The runs, however the chains stand mixed in the request; each as the places of its entries. */
function runsOf(entries: readonly SignedEntry[]): number[][] {
  const runs: number[][] = [];
  const growing = new Map<string, number[]>();
  entries.forEach((entry, at) => {
    const run = growing.get(entry.chain);
    const before = entries[run?.at(-1) ?? -1];
    if (run && before && continues(entry, before)) {
      run.push(at);
      return;
    }
    const fresh = [at];
    growing.set(entry.chain, fresh);
    runs.push(fresh);
  });
  return runs;
}

function continues(entry: SignedEntry, before: SignedEntry): boolean {
  const linked = entry.seq === before.seq + 1 && entry.prev === before.entryHash;
  return linked && entry.kid === before.kid;
}
