import { toHex, utf8 } from '../ledger/bytes.js';
import { canonicalJson } from '../ledger/canonical.js';
import type { Sha256 } from '../ledger/entry.js';
import { EXPORT_CONTEXT } from './context.js';
import type { Evidence } from './evidence.js';
import { noticesOf, type ShownTexts } from './notices.js';
import { recordOf } from './record.js';
import type { ExportFilter } from './types.js';

/** The form of the file; another form gets another name. */
export const EXPORT_FORMAT = 'sayso-export-1';
/** Largest export that is written or read, in bytes. */
export const MAX_EXPORT_BYTES = 256 * 1024 * 1024;

/** Everything an export says; the rest of the file follows from it. */
export interface ExportContents {
  readonly generatedAt: string;
  readonly filter: ExportFilter;
  readonly evidence: readonly Evidence[];
  readonly texts: ShownTexts;
}

/**
 * The text of an export. It follows from its contents byte for byte: a checker makes it again from the evidence, so that
 * the readable part cannot say anything the evidence does not.
 */
export function documentText(sha256: Sha256, contents: ExportContents): string {
  const { generatedAt, filter, evidence, texts } = contents;
  const body = {
    '@context': EXPORT_CONTEXT,
    type: 'Export',
    format: EXPORT_FORMAT,
    created: generatedAt,
    ...(filter.purpose === undefined ? {} : { only_purpose: filter.purpose }),
    ...(filter.decisionId === undefined ? {} : { only_decision: filter.decisionId }),
    remarks: remarksOn(filter),
    parts: evidence.map((one) => partOf(one, texts, filter.purpose)),
    evidence,
  };
  const document = { ...body, digest: digestOf(sha256, body) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** SHA-256 of the canonical JSON of everything but the digest itself: it shows damage, not who wrote the file. */
export function digestOf(sha256: Sha256, body: object): string {
  return toHex(sha256(utf8(canonicalJson(body, MAX_EXPORT_BYTES))));
}

/**
 * The same value with the members of every object in the order of canonical JSON, so that what is read from a file is
 * written again as it was.
 */
export function inOneOrder(value: unknown): unknown {
  return JSON.parse(canonicalJson(value, MAX_EXPORT_BYTES));
}

function partOf(evidence: Evidence, texts: ShownTexts, onlyPurpose: string | undefined): object {
  const { service, entries } = evidence;
  return {
    type: 'ServicePart',
    services: service.id,
    party_identification: [
      {
        id: service.baseAddress,
        type: 'DataController',
        party_id: service.id,
        party_name: service.publisher,
        party_url: service.baseAddress,
      },
    ],
    records: entries.map((entry) => {
      const shown = texts.get(entry.decision?.policy.sha256 ?? '') ?? null;
      return recordOf({ evidence, entry, shown, onlyPurpose });
    }),
    notices: noticesOf(evidence, texts),
  };
}

function remarksOn({ purpose, decisionId }: ExportFilter): string[] {
  const remarks = [
    'Times of events are by the clock of the device on which the person pressed; times of receipt are by the clock of the service.',
    'Records say what was said in each decision. Which of them holds today also depends on later decisions, on their end and on changes of the policy.',
    'Check this file without a network: npm run verify -- FILE --jwks KEYS, where KEYS was fetched from /.well-known/jwks.json of the service.',
  ];
  if (purpose !== undefined) {
    remarks.push(
      `Records here speak of "${purpose}" only. The evidence holds each decision whole, because a part of one could not be checked; so it also shows what the same press said about other purposes.`,
    );
  }
  if (decisionId !== undefined) {
    remarks.push('This is one decision; what came before and after it is not in this file.');
  }
  return remarks;
}
