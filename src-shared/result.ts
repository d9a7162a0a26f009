/**
 * The outcome of something that may fail in a foreseen way. Errors cross processes as values of a closed union:
 * nothing decides by the text of a message, and nothing is thrown for what a caller is expected to handle.
 */
export type Result<Value, Failure> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure };

/** A success that carries `value`. */
export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** A failure that carries `error`. */
export function failed<Failure>(error: Failure): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error };
}
