import { describe, expect } from 'vitest';
import { countPresses } from '../../support/presses.js';
import { test, type RunningApp } from '../../support/stage.js';

const OFF = { Functional: false, Analytics: false, Advertising: false };

/** How a button looks, from what the browser has computed, and its contrast (WCAG 2.2, 1.4.3). */
const lookOf = ({ pages }: RunningApp, name: string) =>
  pages.button(name).evaluate(async (button) => {
    // A colour that is on its way from the light theme to the dark one is no look.
    await Promise.all(button.getAnimations().map(({ finished }) => finished));
    const light = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const { color, backgroundColor, fontSize, fontWeight } = getComputedStyle(button);
    const [one = 0, two = 0] = [light(color), light(backgroundColor)].toSorted((a, b) => b - a);
    const { width, height, top } = button.getBoundingClientRect();
    const contrast = (one + 0.05) / (two + 0.05);
    return { tag: button.tagName, width, height, top, fontSize, fontWeight, contrast };
  });

describe('the first layer', () => {
  test.for(['light', 'dark'] as const)(
    'rule 3: refusing stands beside accepting, the same in every way, in %s',
    async (colorScheme, { stage }) => {
      const app = await stage.offlineApp();
      await app.page.emulateMedia({ colorScheme });
      await app.pages.banner().waitFor();
      const refuse = await lookOf(app, 'Accept necessary only');
      const accept = await lookOf(app, 'Accept all cookies');
      expect(refuse.tag).toBe(accept.tag);
      expect([refuse.fontSize, refuse.fontWeight]).toEqual([accept.fontSize, accept.fontWeight]);
      for (const side of ['width', 'height', 'top'] as const)
        expect(Math.abs(refuse[side] - accept[side])).toBeLessThanOrEqual(1);
      expect(Math.abs(refuse.contrast - accept.contrast)).toBeLessThanOrEqual(0.5);
      expect(refuse.contrast).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('rule 1, 2 and 7: before any answer all is off, and who, what, to whom and how long stand there', async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    const banner = pages.banner();
    await banner.waitFor();
    const shown = await banner.innerText();
    for (const said of ['Integro', 'Functional', 'Analytics', 'Advertising', 'Goes to', 'Kept'])
      expect(shown).toContain(said);
    expect(shown).toContain('To withdraw:');
    const presses = countPresses(page);
    await presses.open(/every other company/);
    await banner.getByRole('heading', { name: 'Other companies' }).waitFor();
    expect(presses.count()).toBe(1);
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual(OFF);
    expect(await page.locator('input[type=checkbox]:checked').count()).toBe(0);
  });

  test('rule 12: Esc, the cross, a click beside it and scrolling are no answer', async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.banner().waitFor();
    await page.mouse.wheel(0, 4000);
    // Beside it, above the policy's text and at the window's edge, however far the wheel has come.
    await page.mouse.click(1005, 20);
    expect(await pages.banner().count()).toBe(1);
    await page.keyboard.press('Escape');
    await pages.banner().waitFor({ state: 'detached' });
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual(OFF);
    await page.getByText('Off. Not asked yet').first().waitFor();
    await pages.button('Show the question again').click();
    await pages.button('Close without answering').click();
    await pages.banner().waitFor({ state: 'detached' });
    expect(await pages.switches()).toEqual(OFF);
    await pages.open('History');
    await page.getByText('Nothing yet.').waitFor();
  });
});
