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
  const prove = async ({ entry, index }: Placed): Promise<boolean> =>
    (proven[index] = await isSigned(entry));
  await Promise.all(
    runsOf(entries).map(async (run) => {
      const last = run.at(-1);
      if (!last) return;
      const others = run.slice(0, -1);
      if (await prove(last)) for (const { index } of others) proven[index] = true;
      else await Promise.all(others.map(prove));
    }),
  );
  return proven;
}

interface Placed {
  readonly entry: SignedEntry;
  readonly index: number;
}

/** The runs, however the chains stand mixed in the request. */
function runsOf(entries: readonly SignedEntry[]): Placed[][] {
  const runs: Placed[][] = [];
  const growing = new Map<string, Placed[]>();
  entries.forEach((entry, index) => {
    const run = growing.get(entry.chain);
    const before = run?.at(-1)?.entry;
    if (run && before && continues(entry, before)) {
      run.push({ entry, index });
      return;
    }
    const fresh = [{ entry, index }];
    growing.set(entry.chain, fresh);
    runs.push(fresh);
  });
  return runs;
}

function continues(entry: SignedEntry, before: SignedEntry): boolean {
  const linked = entry.seq === before.seq + 1 && entry.prev === before.entryHash;
  return linked && entry.kid === before.kid;
}
