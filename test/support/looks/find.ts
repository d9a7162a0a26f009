import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

/** The success criteria of WCAG 2.2, levels A and AA, and what axe's makers hold to be good practice beyond them. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What of axe is used in the page. */
interface Axe {
  run: (
    context: Document,
    options: { runOnly: string[]; resultTypes: string[]; preload: boolean },
  ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/**
 * Looks for what is wrong with the window as it stands: axe's findings, and what is wider than it may be. axe itself is
 * read into the page once, and not at every look as its builder does, which takes longer than looking.
 */
export async function findFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource());
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const found = await axe.run(document, { runOnly, resultTypes: ['violations'], preload: false });
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  }, RULES);
  return [...violations, ...(await tooWide(page))];
}

/** axe as it comes with the package that drives it. */
function axeSource(): string {
  const driver = createRequire(import.meta.url).resolve('@axe-core/playwright');
  return readFileSync(createRequire(driver).resolve('axe-core/axe.min.js'), 'utf8');
}

/** What a person would have to scroll sideways to read: the window with what reaches beyond it, and whatever is in a dialog. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const isWider = (one: Element): boolean =>
      one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1;
    const isBeyond = (one: Element): boolean => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 1 && (left < -1 || right > root.clientWidth + 1);
    };
    const wide = [...document.querySelectorAll('dialog[open], dialog[open] *')].filter(isWider);
    const beyond = isWider(root) ? [root, ...document.querySelectorAll('body *')] : [];
    return [...wide, ...beyond.filter((one) => one === root || isBeyond(one)).slice(0, 4)]
      .filter((one) => !one.matches('.visually-hidden'))
      .map((one) => `too wide: ${one.tagName} ${one.className} ${one.scrollWidth} px`);
  });
}
