import { readExport } from '../../src-shared/proof/read-export.js';
import { verifyExport } from '../../src-shared/proof/verify.js';
import laterLoaders from '../../src-shared/text/generated/load-later.js';
import { loadSentences } from '../../src-shared/text/load.js';
import { verifyCrypto } from '../crypto/index.js';
import type { ExportParts } from './export-file.js';
import { PRINT_STYLE, printHtml } from './print-html.js';

/**
 * The PDF of an export, made from the export itself: what it says is proven was checked in that very text.
 * @param text of the export.
 * @returns null where it cannot be made.
 */
export async function printExport(
  { printPage, lang }: Pick<ExportParts, 'printPage' | 'lang'>,
  text: string,
): Promise<Uint8Array | null> {
  if (!printPage) return null;
  const bytes = new TextEncoder().encode(text);
  const read = readExport(bytes);
  const verdict = await verifyExport(verifyCrypto, bytes, null);
  if (!read.ok || !verdict.ok) return null;
  const { history } = await loadSentences(laterLoaders, lang());
  const html = printHtml({ read: read.value, verdict: verdict.value }, lang(), history);
  return printPage(html, PRINT_STYLE);
}
