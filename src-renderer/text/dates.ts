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
  const lang = Intl.DateTimeFormat.supportedLocalesOf([languageTag])[0] ?? 'en';
  const local = new Intl.DateTimeFormat(lang, { dateStyle: 'long' });
  const full = new Intl.DateTimeFormat(lang, { dateStyle: 'full' });
  const utc = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' });
  const write = (format: Intl.DateTimeFormat, text: string): string => {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? text : format.format(ms);
  };
  return {
    ofInstant: (instant) => write(local, instant),
    ofInstantByWeekday: (instant) => write(full, instant),
    ofDay: (day) => write(utc, day),
  };
}
