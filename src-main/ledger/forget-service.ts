import { ok, type Result } from '../../src-shared/result.js';
import type { Store, StoreCause } from '../store/index.js';
import type { Anchoring } from './anchoring.js';
import type { Verdicts } from './verdicts.js';

interface Parts {
  readonly store: Store;
  readonly anchoring: Pick<Anchoring, 'forget'>;
  readonly verdicts: Pick<Verdicts, 'renew'>;
}

/**
 * Deletes everything about a service on this device. The anchor goes first: without it nothing speaks for what is deleted next,
 * and a crash in between casts no doubt. Where the keychain does not let go of it, that stays noted.
 */
export async function forgetService(
  { store, anchoring, verdicts }: Parts,
  service: string,
): Promise<Result<null, StoreCause>> {
  await anchoring.forget(service);
  // Closed meanwhile: the next start finishes it.
  if (!store.isOpen()) return ok(null);
  const forgotten = store.commit(() => {
    store.forgetService(service);
    store.meta.setAnchorVoid(service, true);
    return null;
  });
  if (!forgotten.ok) return forgotten;
  // The rows are gone from the file; the log is not to keep them either.
  store.truncateLog();
  verdicts.renew(service);
  // One that was on its way while the rows were deleted; from here on there is nothing left to anchor.
  const isGone = await anchoring.forget(service);
  if (isGone && store.isOpen()) store.meta.setAnchorVoid(service, false);
  return forgotten;
}
