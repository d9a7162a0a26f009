import type { FirstMessages } from '../src-shared/text/index.js';

/**
 * The page's HTML has the rail without its entries, in the place it will have: it shows while the main process is still opening the
 * database. This gives it its title.
 * @returns takes it away again.
 */
export function fillEmptyFrame({ rail }: FirstMessages): () => void {
  const frame = document.querySelector('.frame');
  frame?.querySelector('p')?.append(rail.services());
  return () => frame?.remove();
}

/**
 * Lays out a word in each size and weight that the first page has: each is asked of the main process when it is first needed, and
 * meanwhile the page waits for its files anyway.
 */
export function readType(): void {
  const type = document.querySelector<HTMLElement>('.type');
  if (!type) return;
  type.hidden = false;
  type.getBoundingClientRect();
  type.remove();
}
