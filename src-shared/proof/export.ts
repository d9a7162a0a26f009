import { EVERY_PURPOSE } from '../consent/decision.js';
import type { Sha256 } from '../ledger/entry.js';
import { documentText, inOneOrder } from './document.js';
import { evidenceSchema, idOf, purposesOf, shownTextSchema, type Evidence } from './evidence.js';
import { textHashOf, type ShownTexts } from './notices.js';
import type { ExportEntry, ExportFilter, ExportInput } from './types.js';

/**
 * The text of an export file: consent records after ISO/IEC TS 27560 as JSON-LD, the texts shown, and the evidence that
 * `verifyExport` checks.
 * @param inputs one for each service and subject, at least one; all with the same `generatedAt`.
 * @param filter by purpose: the decisions that speak of it, by name or through `*`. By decision: that one.
 * @returns UTF-8 text that ends in a line end, to be written as it is.
 * @throws ZodError or NotCanonicalError for entries that no checker would take; a ledger holds none.
 */
export function exportDocument(
  sha256: Sha256,
  inputs: readonly ExportInput[],
  filter: ExportFilter = {},
): string {
  return documentText(sha256, {
    generatedAt: inputs[0]?.generatedAt ?? '',
    filter,
    evidence: inputs.map((input) => evidenceOf(input, filter)),
    texts: textsOf(sha256, inputs),
  });
}

function evidenceOf(input: ExportInput, filter: ExportFilter): Evidence {
  const { service, subject, serverKeys, deviceKeys } = input;
  const entries = input.entries
    .filter((entry) => isAbout(entry, filter))
    .map(({ decision, remains, salt, link, signature, receivedAt, receipt }) => ({
      decision,
      remains,
      salt,
      link,
      signature,
      receivedAt,
      receipt,
    }))
    // Ids are UUIDs of version 7, which sort by the time they were made.
    .toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : Number(idOf(a) > idOf(b))));
  return evidenceSchema.parse(inOneOrder({ service, subject, entries, serverKeys, deviceKeys }));
}

function isAbout(entry: ExportEntry, { purpose, decisionId }: ExportFilter): boolean {
  if (decisionId !== undefined && idOf(entry) !== decisionId) return false;
  if (purpose === undefined) return true;
  return purposesOf(entry).some((one) => one === purpose || one === EVERY_PURPOSE);
}

/** A text that is not the one the decision names was not what the person saw, so it is left out. */
function textsOf(sha256: Sha256, inputs: readonly ExportInput[]): ShownTexts {
  const texts = new Map<string, ReturnType<typeof shownTextSchema.parse>>();
  for (const { decision, shown } of inputs.flatMap(({ entries }) => entries)) {
    if (!decision || !shown || texts.has(decision.policy.sha256)) continue;
    const { label, sections } = shown;
    const text = shownTextSchema.parse(inOneOrder({ label, sections }));
    if (textHashOf(sha256, text) === decision.policy.sha256) {
      texts.set(decision.policy.sha256, text);
    }
  }
  return texts;
}
