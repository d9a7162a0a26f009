import type { Page } from 'playwright';
import type { Look } from './looks.js';

/** As a person finds the window at first. */
const USUAL: Omit<Look, 'lang'> = { theme: 'light', textPercent: 100, widthPx: 1040 };

/** Puts the window in a look, but for its language. */
export async function wear(page: Page, look: Omit<Look, 'lang'>): Promise<void> {
  const { theme, textPercent, widthPx } = look;
  await page.setViewportSize({ width: widthPx, height: 720 });
  await page.emulateMedia({
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    forcedColors: theme === 'forced colours' ? 'active' : 'none',
    // Half-way through a change of colour the contrast is no one's.
    reducedMotion: 'reduce',
  });
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, `${textPercent}%`);
}

/** Puts the window back as it was at first. */
export function undress(page: Page): Promise<void> {
  return wear(page, USUAL);
}
