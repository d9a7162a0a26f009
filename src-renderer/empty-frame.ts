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
