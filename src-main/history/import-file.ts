import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Input, Output } from '../../src-shared/ipc-contract.js';
import type { ServiceProfile } from '../../src-shared/manifest.js';
import { MAX_EXPORT_BYTES } from '../../src-shared/proof/document.js';
import { readExport } from '../../src-shared/proof/read-export.js';
import { verifyExport } from '../../src-shared/proof/verify.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { currentSubject } from '../consent/index.js';
import { verifyCrypto } from '../crypto/index.js';
import type { Store } from '../store/index.js';

export interface ImportParts {
  readonly store: Store;
  readonly profiles: readonly ServiceProfile[];
  /** Asks the person which file to read: an absolute path, or null when they think better of it. */
  readonly askWhat: () => Promise<string | null>;
}

/**
 * Takes in an export as history (EinwV, section 5): listed with its texts and proofs, and nothing more. A file in which
 * anything does not check is not taken in at all.
 */
export async function importFile(
  { store, profiles, askWhat }: ImportParts,
  { service }: Input<'history.import'>,
): Promise<Output<'history.import'>> {
  const known = profiles.map(({ manifest }) => manifest.id);
  if (!known.includes(service)) return failed({ code: 'unknown-service' });
  const file = await askWhat();
  if (file === null) return ok({ kind: 'cancelled' });
  const bytes = await bytesOf(file);
  if (!bytes.ok) return bytes;
  const read = readExport(bytes.value);
  if (!read.ok) {
    const { reason, where } = read.error;
    return failed({ code: 'not-an-export', reason: `${reason} (${where})` });
  }
  const checked = await verifyExport(verifyCrypto, bytes.value, null);
  if (!checked.ok || checked.value.untrue.length > 0) return failed({ code: 'not-true' });
  // Read only now: the app may have closed, or the account may have been signed out, while the person chose a file.
  if (!store.isOpen()) return ok({ kind: 'cancelled' });
  const parts = read.value.contents.evidence.filter((part) => known.includes(part.service.id));
  if (parts.length === 0) return failed({ code: 'other-services' });
  const kept = store.commit(() => {
    let decisions = 0;
    for (const { service: of, entries } of parts) {
      const { key } = currentSubject(store, of.id);
      for (const entry of entries) {
        if (store.imported.add(of.id, key, entry)) decisions += 1;
        const sha256 = entry.decision?.policy.sha256 ?? '';
        const text = read.value.contents.texts.get(sha256);
        if (text) store.imported.putText(of.id, key, sha256, text);
      }
    }
    return decisions;
  });
  if (!kept.ok) return failed({ code: 'not-saved', cause: kept.error });
  return ok({ kind: 'imported', file: path.basename(file), decisions: kept.value });
}

async function bytesOf(
  file: string,
): Promise<Result<Uint8Array, { readonly code: 'no-file' | 'too-large' }>> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_EXPORT_BYTES) return failed({ code: 'too-large' });
      return ok(new Uint8Array(await handle.readFile()));
    } finally {
      await handle.close();
    }
  } catch {
    return failed({ code: 'no-file' });
  }
}
