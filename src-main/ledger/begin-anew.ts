import type { Result } from '../../src-shared/result.js';
import type { Store, StoreCause } from '../store/index.js';
import type { Anchoring } from './anchoring.js';
import type { Verdicts } from './verdicts.js';

interface Parts {
  readonly store: Store;
  readonly anchoring: Pick<Anchoring, 'dropVoid'>;
  readonly verdicts: Pick<Verdicts, 'renew'>;
}

/**
 * Deletes everything decided about a service on this device, its limits too, and begins with nothing, under another device id. That its anchor
 * stands for nothing any more is noted with it, so that a crash before the keychain has let go of it casts no doubt.
 */
export function beginAnew(
  { store, anchoring, verdicts }: Parts,
  service: string,
): Result<null, StoreCause> {
  const begun = store.commit(() => {
    store.eraseService(service);
    store.meta.forgetDevice(service);
    store.meta.setNeverHere(service, []);
    store.meta.setOptOutSignal(service, false);
    store.meta.setSuspect(service, null);
    store.meta.setAnchorVoid(service, true);
    store.meta.setEraseAfterSignOut(service, false);
    return null;
  });
  if (!begun.ok) return begun;
  // The rows are gone from the file; the log is not to keep them either.
  store.truncateLog();
  verdicts.renew(service);
  anchoring.dropVoid(service);
  return begun;
}
