/** Writes moments the way the person's language does, in the person's time zone. */
export interface MomentWords {
  /** The day a moment falls on here, `YYYY-MM-DD`: sorts and compares. */
  readonly dayKey: (instant: string) => string;
  /** The same day in words, such as `Sunday, 22 November 2026`. */
  readonly day: (instant: string) => string;
  /** Hours and minutes, such as `10:05`. */
  readonly time: (instant: string) => string;
  /** The time to the second where it falls on today, else day and time, such as `21 Nov 2026, 10:05`. */
  readonly recent: (instant: string, nowMs: number) => string;
  /** Day and time to the second, such as `22 November 2026 at 10:05:31`. */
  readonly whole: (instant: string) => string;
  /** The same everywhere: `2026-11-22 10:05:31 UTC`. */
  readonly utc: (instant: string) => string;
  /** The name of a language by its BCP 47 tag, such as `English`. */
  readonly language: (tag: string) => string;
  /** Several names as one, such as `Functional, Analytics and Advertising`. */
  readonly list: (names: readonly string[]) => string;
}

/**
 * @param languageTag BCP 47; one that the system does not know falls back to English.
 * @param timeZone IANA name; left out: the system's.
 */
export function momentWords(languageTag: string, timeZone?: string): MomentWords {
  const lang = Intl.DateTimeFormat.supportedLocalesOf([languageTag])[0] ?? 'en';
  const zone = timeZone === undefined ? {} : { timeZone };
  const key = new Intl.DateTimeFormat('en', {
    ...zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const day = new Intl.DateTimeFormat(lang, { ...zone, dateStyle: 'full' });
  const time = new Intl.DateTimeFormat(lang, { ...zone, timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(lang, { ...zone, timeStyle: 'medium' });
  const short = new Intl.DateTimeFormat(lang, { ...zone, dateStyle: 'medium', timeStyle: 'short' });
  const whole = new Intl.DateTimeFormat(lang, { ...zone, dateStyle: 'long', timeStyle: 'medium' });
  const languages = new Intl.DisplayNames([lang], { type: 'language' });
  const names = new Intl.ListFormat(lang, { type: 'conjunction' });
  const dayKeyOf = (ms: number): string => {
    const parts = key.formatToParts(ms);
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
  return {
    dayKey: (instant) => dayKeyOf(Date.parse(instant)),
    recent(instant, nowMs) {
      const ms = Date.parse(instant);
      return dayKeyOf(ms) === dayKeyOf(nowMs) ? exact.format(ms) : short.format(ms);
    },
    day: (instant) => day.format(Date.parse(instant)),
    time: (instant) => time.format(Date.parse(instant)),
    whole: (instant) => whole.format(Date.parse(instant)),
    utc: (instant) => `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    language: (tag) => languages.of(tag) ?? tag,
    list: (all) => names.format(all),
  };
}
