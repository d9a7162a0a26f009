import type { Page } from 'playwright';

/** What has the focus, as somebody without a mouse has to be able to tell. */
export interface Focus {
  /** Tag and accessible name, such as `BUTTON Export`. */
  readonly name: string;
  /** Whether it, or what is drawn in its place, has an outline of at least two pixels. */
  readonly isOutlined: boolean;
  /** Whether its middle lies in the window and nothing lies over it. */
  readonly isClear: boolean;
}

/** What has the focus; null where nothing of the page has it. */
export function focusOf(page: Page): Promise<Focus | null> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const textOf = (found: Element | null | undefined): string => found?.textContent.trim() ?? '';
    const labelledBy = (one.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
    const labels = (one as HTMLInputElement).labels;
    const name =
      labelledBy.map((id) => textOf(document.getElementById(id))).join(' ') ||
      one.getAttribute('aria-label') ||
      textOf(labels?.[0]) ||
      textOf(one);
    const isOutlined = [null, '::before', '::after'].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one, part);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    const { left, top, width, height } = one.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    const isClear = at !== null && (one.contains(at) || at.contains(one));
    return { name: `${one.tagName} ${name.replaceAll(/\s+/g, ' ')}`, isOutlined, isClear };
  });
}

/** More than any page has to tab through; whoever needs more of them is caught somewhere. */
const MOST_TABS = 150;

/**
 * Tabs on until what is named has the focus, and looks at everything on the way: it has to show that it has the focus, and
 * nothing may lie over it.
 * @returns how many times Tab was pressed.
 * @throws Error where the focus is not to be seen on the way, or never comes there.
 */
export async function tabTo(page: Page, name: string | RegExp): Promise<number> {
  const seen: string[] = [];
  for (let presses = 1; presses <= MOST_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    // Between the last and the first of a window the focus is with the system for one press.
    if (!focus) continue;
    if (!focus.isOutlined) throw new Error(`no outline on ${focus.name}`);
    if (!focus.isClear) throw new Error(`something lies over ${focus.name}`);
    seen.push(focus.name);
    const said = focus.name.slice(focus.name.indexOf(' ') + 1);
    if (typeof name === 'string' ? said === name : name.test(said)) return presses;
  }
  throw new Error(`${String(name)} is not reached by Tab: ${seen.join(' > ')}`);
}

/** Everything Tab leads to on a page, once round, from the first to the last. */
export async function tabRound(page: Page): Promise<string[]> {
  const first = 'Skip to the page';
  await tabTo(page, first);
  const seen: string[] = [];
  for (let presses = 1; presses <= MOST_TABS; presses += 1) {
    const focus = await focusOf(page);
    if (focus?.name === `BUTTON ${first}` && seen.length > 0) return seen;
    if (focus && seen.at(-1) !== focus.name) seen.push(focus.name);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come round: ${seen.join(' > ')}`);
}
