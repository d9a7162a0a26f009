import type { Input, Output } from '../../src-shared/ipc-contract.js';
import type { Manifest, ServiceProfile } from '../../src-shared/manifest.js';
import { exportDocument } from '../../src-shared/proof/export.js';
import type { ExportFilter } from '../../src-shared/proof/types.js';
import { failed, ok } from '../../src-shared/result.js';
import { currentSubject } from '../consent/index.js';
import { sha256 } from '../crypto/index.js';
import type { HistoryRow, Store } from '../store/index.js';
import { isAskedFor } from './export-filter.js';
import { exportInputOf } from './export-input.js';
import { exportNameOf } from './export-name.js';
import type { FindShownText } from './shown-texts.js';
import { printExport } from './print-export.js';
import { writeWhole } from './write-file.js';

export interface ExportParts {
  readonly store: Store;
  readonly profiles: readonly ServiceProfile[];
  readonly shownText: FindShownText;
  readonly nowMs: () => number;
  /** Asks the person where the file goes: an absolute path, or null when they think better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  /** Makes a PDF of a page; `style` is the one style sheet in it. Left out: there is nothing to print with. */
  readonly printPage?: (html: string, style: string) => Promise<Uint8Array>;
  /** BCP 47 tag of the window's language. */
  readonly lang: () => string;
  /** A random id. */
  readonly newId: () => string;
}

/**
 * Writes what was said about one service or all of them, by whoever their choices belong to at the moment, with its proofs
 * to a file that the person names. Needs no network.
 */
export async function exportFile(
  parts: ExportParts,
  { service, purpose, decision, format = 'json' }: Input<'history.export'>,
): Promise<Output<'history.export'>> {
  const { store, profiles, shownText, nowMs, askWhere, newId } = parts;
  const manifests = profiles
    .map(({ manifest }) => manifest)
    .filter(({ id }) => service === null || id === service);
  if (manifests.length === 0) return failed({ code: 'unknown-service' });
  const filter: ExportFilter = {
    ...(purpose === null ? {} : { purpose }),
    ...(decision === null ? {} : { decisionId: decision }),
  };
  const hasSomething = ({ id }: Manifest): boolean => {
    const { key } = currentSubject(store, id);
    if (decision !== null) {
      const row = store.history.one(id, key, decision);
      return row !== null && isAskedFor(row, filter);
    }
    // The whole history is read only where its end cannot tell.
    const isAsked = (row: HistoryRow): boolean => isAskedFor(row, filter);
    return (
      store.history.page(id, key, null, 1).some(isAsked) || store.history.all(id, key).some(isAsked)
    );
  };
  const nothing = failed({ code: 'nothing-to-export' } as const);
  if (!manifests.some(hasSomething)) return nothing;

  const generatedAt = new Date(nowMs()).toISOString();
  const path = await askWhere(exportNameOf(service, purpose, generatedAt, format));
  if (path === null) return ok({ kind: 'cancelled' });
  // Read only now: while the person was asked, the app may have closed, or the account may have been signed out.
  if (!store.isOpen()) return ok({ kind: 'cancelled' });
  const there = manifests.filter(hasSomething);
  if (there.length === 0) return nothing;
  const inputs = there.map((manifest) => {
    const { accountId } = currentSubject(store, manifest.id);
    return exportInputOf({ store, shownText }, { manifest, accountId, generatedAt });
  });
  const text = exportDocument(sha256, inputs, filter);
  const content = format === 'json' ? text : await printExport(parts, text);
  if (content === null) return failed({ code: 'not-written', cause: 'broken' });
  const written = await writeWhole(path, content, newId);
  return written.ok
    ? ok({ kind: 'saved', path })
    : failed({ code: 'not-written', cause: written.error });
}
