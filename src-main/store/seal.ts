import { createHash } from 'node:crypto';
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
const SEALED = [
  'SELECT * FROM head ORDER BY service, subject, purpose, decision_id',
  'SELECT * FROM chain ORDER BY service, subject, device',
  'SELECT * FROM session ORDER BY service',
  'SELECT * FROM acknowledgement ORDER BY service',
  'SELECT * FROM public_key ORDER BY service, subject, device, kid',
  'SELECT * FROM revoke_handle ORDER BY handle',
  // The sums over the rows of the tables that grow; the row without a name is the seal itself.
  `SELECT * FROM seal WHERE service <> '' ORDER BY service`,
  // How often the file was opened is counted before anything can be checked.
  `SELECT * FROM meta WHERE key <> 'opened' ORDER BY key`,
];
/** Large, but only ever added to: read again only when their number has changed. */
const TEXTS = 'SELECT * FROM policy_text ORDER BY service, version, lang, sha256';

export function createSeal(database: Database): Seal {
  const sums = createRowSums(database);
  const sealed = SEALED.map((query) => database.prepare(query).raw());
  const texts = database.prepare(TEXTS).raw();
  const countTexts = database.prepare<[], number>('SELECT count(*) FROM policy_text').pluck();
  const countDecisions = database.prepare<[], number>('SELECT 1 FROM decision LIMIT 1').pluck();
  const read = database.prepare<[], string>(`SELECT digest FROM seal WHERE service = ''`).pluck();
  const write = database.prepare<[string]>(
    `INSERT INTO seal VALUES ('', ?) ON CONFLICT DO UPDATE SET digest = excluded.digest`,
  );
  let textsSeen = -1;
  let textsDigest = '';

  const digestOfTexts = (): string => {
    const count = countTexts.get() ?? 0;
    if (count !== textsSeen) {
      textsDigest = digestOf([texts.all()]);
      textsSeen = count;
    }
    return textsDigest;
  };
  const digest = (commits: number): string =>
    digestOf([commits, ...sealed.map((query) => query.all()), digestOfTexts()]);
  const latest = (): SealMark => {
    const [commits = '', kept = ''] = (read.get() ?? '').split(' ');
    return { commits: /^\d{1,15}$/.test(commits) ? Number(commits) : 0, digest: kept };
  };

  return {
    renew() {
      sums.keep();
      const commits = latest().commits + 1;
      write.run(`${commits} ${digest(commits)}`);
    },
    forget: () => {
      sums.forget();
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

function digestOf(tables: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(tables)).digest('hex');
}
