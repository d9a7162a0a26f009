import { hash } from 'node:crypto';
import type { KeptReads, KeptTable } from './kept-reads.js';
import type { Database } from './open-database.js';
import { createRowSums } from './row-sums.js';

/** The seal at one moment. */
export interface SealMark {
  readonly commits: number;
  readonly digest: string;
}

/**
 * A digest of the small tables (what holds now, whose session it is, what is trusted) and of the sums over the large ones.
 * It is made anew with each commit and looked at once at start, so that a changed byte there does not go unnoticed.
 */
export interface Seal {
  /** Makes the digest anew; to be called at the end of every transaction. */
  renew(): void;
  /** The transaction came to nothing: what it wrote is not to be sealed with the next. */
  forget(): void;
  /** Every row of this service was deleted; what stood there before need not add up any more. */
  beginAnew(service: string): void;
  /** Whether the rows are those of the last commit. True for a profile that has never been written to. */
  holds(): boolean;
  /** How often this profile was committed to, and the digest then: what an anchor remembers. */
  latest(): SealMark;
}

/** Each is small: its size does not grow with the number of decisions. */
const SEALED: readonly ('sums' | readonly [KeptTable | 'head', string])[] = [
  // Every press changes it.
  ['head', 'SELECT * FROM head ORDER BY service, subject, purpose, decision_id'],
  ['chain', 'SELECT * FROM chain ORDER BY service, subject, device'],
  ['session', 'SELECT * FROM session ORDER BY service'],
  ['acknowledgement', 'SELECT * FROM acknowledgement ORDER BY service'],
  ['public_key', 'SELECT * FROM public_key ORDER BY service, subject, device, kid'],
  ['revoke_handle', 'SELECT * FROM revoke_handle ORDER BY handle'],
  // The sums over the rows of the tables that grow.
  'sums',
  // How often the file was opened is counted before anything can be checked.
  ['meta', `SELECT * FROM meta WHERE key <> 'opened' ORDER BY key`],
];
/** Large, but hardly ever added to. */
const TEXTS = 'SELECT * FROM policy_text ORDER BY service, version, lang, sha256';

export function createSeal(database: Database, keptReads: KeptReads): Seal {
  const sums = createRowSums(database);
  const sealed = SEALED.map((part) => {
    if (part === 'sums') return () => JSON.stringify(sums.kept());
    const [table, query] = part;
    const rows = database.prepare(query).raw();
    const read = (): string => JSON.stringify(rows.all());
    return table === 'head' ? read : keptReads.of(table, read);
  });
  const texts = database.prepare(TEXTS).raw();
  const countDecisions = database.prepare<[], number>('SELECT 1 FROM decision LIMIT 1').pluck();
  const read = database.prepare<[], string>(`SELECT digest FROM seal WHERE service = ''`).pluck();
  const write = database.prepare<[string]>(
    `INSERT INTO seal VALUES ('', ?) ON CONFLICT DO UPDATE SET digest = excluded.digest`,
  );
  const digestOfTexts = keptReads.of('policy_text', () => digestOf([JSON.stringify(texts.all())]));
  const digest = (commits: number): string =>
    digestOf([String(commits), ...sealed.map((read) => read()), JSON.stringify(digestOfTexts())]);
  /** What stands in the file, for nobody else writes it; null: to be read again. */
  let known: SealMark | null = null;
  const latest = (): SealMark => {
    if (known !== null) return known;
    const [commits = '', kept = ''] = (read.get() ?? '').split(' ');
    known = { commits: /^\d{1,15}$/.test(commits) ? Number(commits) : 0, digest: kept };
    return known;
  };

  return {
    renew() {
      sums.keep();
      const commits = latest().commits + 1;
      const made = digest(commits);
      write.run(`${commits} ${made}`);
      known = { commits, digest: made };
    },
    forget: () => {
      sums.forget();
      keptReads.forget();
      known = null;
    },
    beginAnew: (service) => {
      sums.beginAnew(service);
    },
    holds() {
      const kept = latest();
      if (read.get() === undefined) return countDecisions.get() === undefined;
      return kept.digest === digest(kept.commits);
    },
    latest,
  };
}

/** @param parts each as JSON. */
function digestOf(parts: readonly string[]): string {
  return hash('sha256', `[${parts.join(',')}]`, 'hex');
}
