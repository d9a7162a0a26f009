import type { ConsentFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Store } from '../store/index.js';
import type { Anchoring } from './anchoring.js';
import type { Verdicts } from './verdicts.js';

interface Parts {
  readonly store: Store;
  readonly anchoring: Pick<Anchoring, 'forget'>;
  readonly verdicts: Verdicts;
  readonly nowMs: () => number;
  /** Ends the session of a service on this device, if there is one. */
  readonly signOut: (service: string) => Promise<unknown>;
}

/** Begins anew with a service that is not believed: what was there is put aside, and everything is asked again. */
export async function startOver(
  { store, anchoring, verdicts, nowMs, signOut }: Parts,
  service: string,
): Promise<Result<null, ConsentFailure>> {
  if (!verdicts.isSuspect(service)) return ok(null);
  // The anchor goes first: without it nothing speaks for what is deleted next.
  const isForgotten = await anchoring.forget(service);
  await signOut(service);
  if (!store.isOpen()) return failed({ code: 'not-saved', cause: 'busy' });
  try {
    // After the sign-out: of an account that is signed out nothing is left anywhere.
    const when = new Date(nowMs()).toISOString().replaceAll(/[:.]/g, '-');
    store.copyServiceTo(service, `${store.file}.set-aside-${when}`);
  } catch {
    return failed({ code: 'not-saved', cause: 'broken' });
  }
  const begun = store.commit(() => {
    store.eraseService(service);
    store.meta.forgetDevice(service);
    store.meta.setSuspect(service, null);
    // Where the keychain did not do it, the next start does, before it compares anything with that anchor.
    if (!isForgotten) store.meta.setAnchorVoid(service, true);
  });
  if (!begun.ok) return failed({ code: 'not-saved', cause: begun.error });
  verdicts.renew(service);
  return ok(null);
}
