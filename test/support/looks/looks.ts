/** The looks of the window that a person can put it in. */
export interface Look {
  readonly theme: 'light' | 'dark' | 'forced colours';
  /** Of the size letters have by themselves, percent. */
  readonly textPercent: 100 | 200;
  readonly widthPx: 1040 | 320;
  /** English runs from left to right, Arabic from right to left. */
  readonly lang: 'en' | 'ar';
}

export const LANGUAGES = ['en', 'ar'] as const;
const THEMES = ['light', 'dark', 'forced colours'] as const;

/** Every look there is: three themes, two sizes of text, two widths, two directions. */
export const ALL_LOOKS: readonly Look[] = LANGUAGES.flatMap((lang) =>
  THEMES.flatMap((theme) =>
    ([100, 200] as const).flatMap((textPercent) =>
      ([1040, 320] as const).map((widthPx) => ({ lang, theme, textPercent, widthPx })),
    ),
  ),
);

/**
 * Two sets of three looks. Each has every theme, size, width and direction in it, and the two together have every pair of them:
 * with the places taking turns, every pair of a place and one such thing is looked at too.
 */
const TURNS: readonly (readonly Look[])[] = [
  [
    { theme: 'light', textPercent: 100, widthPx: 1040, lang: 'en' },
    { theme: 'dark', textPercent: 100, widthPx: 320, lang: 'ar' },
    { theme: 'forced colours', textPercent: 200, widthPx: 1040, lang: 'ar' },
  ],
  [
    { theme: 'light', textPercent: 200, widthPx: 320, lang: 'ar' },
    { theme: 'dark', textPercent: 200, widthPx: 1040, lang: 'en' },
    { theme: 'forced colours', textPercent: 100, widthPx: 320, lang: 'en' },
  ],
];

/**
 * The looks to put a place in.
 * @param place its number among all places.
 * @param isDeep whether all looks are wanted, and not only every pair.
 */
export function looksOf(place: number, isDeep: boolean): readonly Look[] {
  return isDeep ? ALL_LOOKS : (TURNS[place % TURNS.length] ?? []);
}

/** A look in words. */
export function lookName({ theme, textPercent, widthPx, lang }: Look): string {
  return `${lang}, ${theme}, text ${textPercent} %, ${widthPx} px`;
}
