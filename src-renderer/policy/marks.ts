/** Names under which the style sheet paints what was found. */
const FOUND = 'found';
const CURRENT = 'found-current';

/** Paints what was found over the page without changing it, so that nothing moves and nothing is read out twice. */
export function paintFound(ranges: readonly Range[], current: Range | null): void {
  CSS.highlights.set(FOUND, new Highlight(...ranges));
  if (current) CSS.highlights.set(CURRENT, new Highlight(current));
  else CSS.highlights.delete(CURRENT);
}

export function clearFound(): void {
  CSS.highlights.delete(FOUND);
  CSS.highlights.delete(CURRENT);
}
