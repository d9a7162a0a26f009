const RIGHT_TO_LEFT = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'nqo',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

/** Which way a language is written, by its primary subtag; a script subtag such as `-Arab` or `-Latn` outweighs it. */
export function directionOf(languageTag: string): 'ltr' | 'rtl' {
  const parts = languageTag.toLowerCase().split('-');
  const script = parts.slice(1).find((part) => /^[a-z]{4}$/.test(part));
  if (script) return ['arab', 'hebr', 'thaa', 'nkoo', 'syrc'].includes(script) ? 'rtl' : 'ltr';
  return RIGHT_TO_LEFT.has(parts[0] ?? '') ? 'rtl' : 'ltr';
}
