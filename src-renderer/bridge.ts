import type { Bridge, CallName, Input, Output } from '../src-shared/ipc-contract.js';
import type { IpcFailure } from '../src-shared/failures.js';
import { failed, type Result } from '../src-shared/result.js';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of the page. */
    readonly sayso: Bridge;
  }
}

/** The bridge of this window. Nothing else in the renderer touches `window.sayso`. */
export function bridgeOf(host: Window): Bridge {
  return host.sayso;
}

/** What a call answers when it answers with a result of its own: its failures, and those of the bridge itself. */
type Flat<Name extends CallName> =
  Output<Name> extends Result<infer Value, infer Failure>
    ? Result<Value, Failure | IpcFailure>
    : Result<Output<Name>, IpcFailure>;

/**
 * Calls the main process and folds the bridge's own refusals into the call's failures, so that a page handles one union.
 * A bridge that breaks counts as `unexpected`: nothing in the window waits for ever or throws.
 */
export async function ask<Name extends CallName>(
  bridge: Bridge,
  name: Name,
  input: Input<Name>,
): Promise<Flat<Name>> {
  const answered = await bridge
    .call(name, input)
    .catch(() => failed<IpcFailure>({ code: 'unexpected' }));
  if (!answered.ok) return answered as Flat<Name>;
  const output: unknown = answered.value;
  const hasResult = typeof output === 'object' && output !== null && 'ok' in output;
  return (hasResult ? output : answered) as Flat<Name>;
}
