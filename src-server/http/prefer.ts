import { BRIEF_PREFERENCE } from '../../src-shared/brief-answer.js';

const [NAME] = BRIEF_PREFERENCE.split('=');

/**
 * Whether a `Prefer` header asks for a brief answer (RFC 7240, section 2). Of a preference that comes twice the first counts;
 * names and this value are the same in every case.
 */
export function prefersBrief(header: string | readonly string[] | undefined): boolean {
  if (header === undefined) return false;
  const preferences = String(header)
    .split(',')
    .map((one) => one.split(';', 1).join('').replaceAll(/[\s"]/g, '').toLowerCase());
  const first = preferences.find((one) => one.split('=', 1).join('') === NAME);
  return first === BRIEF_PREFERENCE;
}
