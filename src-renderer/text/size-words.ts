const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Writes sizes the way the person's language does, in steps of 1,000. @param languageTag BCP 47; an unknown one falls back to English. */
export function sizeWords(languageTag: string): (bytes: number) => string {
  const lang = Intl.NumberFormat.supportedLocalesOf([languageTag])[0] ?? 'en';
  return (bytes) => {
    let value = bytes;
    let step = 0;
    while (value >= 999.5 && step < UNITS.length - 1) {
      value /= 1000;
      step += 1;
    }
    return new Intl.NumberFormat(lang, {
      style: 'unit',
      unit: UNITS[step] ?? 'byte',
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
    }).format(value);
  };
}
