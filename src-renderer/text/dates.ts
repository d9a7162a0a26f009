/** Writes days the way the person's language does. */
export interface DayWords {
  /** The local day of a moment in UTC, such as `22 November 2026`; the text itself where it is no moment. */
  ofInstant(instant: string): string;
  /** The same with its day of the week, such as `Sunday 22 November 2026`. */
  ofInstantByWeekday(instant: string): string;
  /** A calendar day `YYYY-MM-DD`, which has no time zone and must not move by one. */
  ofDay(day: string): string;
}

/** @param languageTag BCP 47; one that the system does not know falls back to English. */
export function dayWords(languageTag: string): DayWords {
  // Each is made when it is first used: they load the system's calendar data, which the first frame does not need.
  const local = once(() => formatOf(languageTag, { dateStyle: 'long' }));
  const full = once(() => formatOf(languageTag, { dateStyle: 'full' }));
  const utc = once(() => formatOf(languageTag, { dateStyle: 'long', timeZone: 'UTC' }));
  const write = (format: () => Intl.DateTimeFormat, text: string): string => {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? text : format().format(ms);
  };
  return {
    ofInstant: (instant) => write(local, instant),
    ofInstantByWeekday: (instant) => write(full, instant),
    ofDay: (day) => write(utc, day),
  };
}

function formatOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const lang = Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? 'en';
  return new Intl.DateTimeFormat(lang, options);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
