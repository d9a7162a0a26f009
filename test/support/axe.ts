import { AxeBuilder } from '@axe-core/playwright';
import type { RunningApp } from './stage.js';

/**
 * What axe finds in the window as it stands: in light and in dark, at its own size and 320 px wide. Afterwards the window is as
 * it was.
 */
export async function axeFindsInEveryLook({ page }: RunningApp, place: string): Promise<string[]> {
  const found: string[] = [];
  const whole = { width: 1040, height: 720 };
  for (const size of [whole, { width: 320, height: 720 }]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Without legacy mode axe opens a second page, which Electron's windows do not offer.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const named = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      found.push(...named.map((one) => `${place}, ${size.width} px, ${colorScheme}: ${one}`));
    }
    const tooWide = await page.evaluate(
      `document.documentElement.scrollWidth > document.documentElement.clientWidth`,
    );
    if (tooWide === true) found.push(`${place}, ${size.width} px: wider than the window`);
  }
  await page.setViewportSize(whole);
  return found;
}
