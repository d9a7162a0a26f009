import type { LinkFault } from '../ledger/chain.js';
import type { ReceiptFault } from '../ledger/receipt.js';
import type {
  ExportVerdict,
  FalseFinding,
  LimitFinding,
  OpenFinding,
  ProvenCounts,
} from './findings.js';

/** What a verdict comes to: `false` beats `open` beats `proven`. */
export type Outcome = 'proven' | 'open' | 'false';

export function outcomeOf({ untrue, open }: ExportVerdict): Outcome {
  if (untrue.length > 0) return 'false';
  return open.length > 0 ? 'open' : 'proven';
}

const LINK_FAULTS: Readonly<Record<LinkFault, string>> = {
  'out-of-order': 'its number in the chain is used twice or out of order',
  'not-linked': 'it does not follow from the entry before it',
  'header-changed': 'its header does not have the hash that it names',
  'payload-changed': 'what it says is not what was hashed when the person pressed',
  'not-signed': 'the signature is not that of the device key it names',
};

const RECEIPT_FAULTS: Readonly<Record<ReceiptFault, string>> = {
  'about-something-else': 'its receipt is about something else',
  'not-in-the-batch': 'its receipt is not in the batch that the service signed',
  'not-signed': 'its receipt was not signed by any key that was given',
};

const STRANGERS = {
  service: 'it belongs to another service',
  subject: 'it belongs to another account',
  device: 'it names another device than its chain or key does',
  number: 'its number is not the one of its place in the chain',
} as const;

function falseWords(finding: FalseFinding): string {
  switch (finding.code) {
    case 'digest-differs':
      return 'The file was changed after it was made: its digest is another.';
    case 'not-as-evidence':
      return `The readable part says something else than the evidence, first at ${finding.where}.`;
    case 'reformatted':
      return 'Only spaces, line ends, escapes or the order of members were changed. Nothing said in the file is different, but it is not the file that was made.';
    case 'link':
      return `Decision ${finding.record}: ${LINK_FAULTS[finding.fault]}.`;
    case 'twice':
      return `Decision ${finding.record}: it stands in the file twice.`;
    case 'not-theirs':
      return `Decision ${finding.record}: ${STRANGERS[finding.what]}.`;
    case 'key-id':
      return `Key ${finding.kid}: its id is not its own.`;
    case 'receipt':
      return `Decision ${finding.record}: ${RECEIPT_FAULTS[finding.fault]}.`;
    case 'received-at':
      return `Decision ${finding.record}: the service signed another time of receipt.`;
    case 'text':
      return `The text with the hash ${finding.sha256} is not the text that was shown.`;
  }
}

const PLAIN: Readonly<
  Record<Exclude<OpenFinding | LimitFinding, { code: 'gap' }>['code'], string>
> = {
  'key-origin':
    'origin of the key not proven: the keys come from this file itself. Fetch the keys from /.well-known/jwks.json of the service and give them with --jwks.',
  'no-receipt': 'no receipt: that the service took it is not proven',
  'no-key': 'a receipt, but no key to check it by',
  erased: 'what was said was erased; that there was something is all that is proven',
  'no-chain': 'came without a chain; nothing shows what came before it',
  'not-signed': 'not signed by a device; that it was this device is not proven',
  'no-text': 'the text that stood on the screen is not in the file, only its hash',
};

/** Most decisions named for one sentence; the rest is counted. */
const NAMED = 5;

/** One line for each kind of finding, with the decisions it is about. */
function openWords(findings: readonly (OpenFinding | LimitFinding)[]): string[] {
  const lines: string[] = [];
  const records = new Map<string, string[]>();
  for (const finding of findings) {
    if (finding.code === 'gap') lines.push(gapWords(finding));
    else if (finding.code === 'key-origin') lines.push(PLAIN[finding.code]);
    else {
      const words = PLAIN[finding.code];
      records.set(words, [...(records.get(words) ?? []), finding.record]);
    }
  }
  for (const [words, ids] of records) {
    const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
    lines.push(`${words}: ${ids.slice(0, NAMED).join(', ')}${more}`);
  }
  return lines;
}

function gapWords({ chain, after, before }: Extract<LimitFinding, { code: 'gap' }>): string {
  return after === 0
    ? `chain ${chain}: what came before entry ${before} is not in this file`
    : `chain ${chain}: what came between entries ${after} and ${before} is not in this file`;
}

function provenWords(proven: ProvenCounts): string[] {
  return [
    `decisions that are, character for character, what was hashed: ${proven.decisions} of ${proven.records} records`,
    `chains in order, but for the gaps named below: ${proven.chains}`,
    `entries signed by a key that the file names as their device's: ${proven.signatures}`,
    `receipts signed by a key of the service, about these very entries: ${proven.receipts}`,
    `policy texts that have the hash the decisions name: ${proven.texts}`,
    'times of events are what the device said, times of receipt what the service said; nothing proves who sat at the device',
  ];
}

const RESULTS: Readonly<Record<Outcome, string>> = {
  proven: 'Result: all of it is proven by the keys that were given.',
  open: 'Result: nothing in it is false, but not all of it is proven.',
  false: 'Result: something in it is false.',
};

/** A verdict in words, line by line, for a person at a terminal. */
export function verdictWords(verdict: ExportVerdict): string[] {
  const { untrue, open, limits, proven } = verdict;
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [title, ...lines.map((line) => `  - ${line}`)] : [];
  return [
    ...part('False:', untrue.map(falseWords)),
    ...part('Found true:', provenWords(proven)),
    ...part('Not proven:', openWords(open)),
    ...part('Limits:', openWords(limits)),
    RESULTS[outcomeOf(verdict)],
  ];
}
