/**
 * Whether a request bears the opt-out signal. The field has one value, `1`; everything else, a list or spaces in it too, is as if
 * it were not there (Global Privacy Control, "The Sec-GPC Header Field").
 * @param field what the request says under `Sec-GPC`, as Node hands it over.
 */
export function bearsOptOutSignal(field: string | readonly string[] | undefined): boolean {
  return field === '1';
}
