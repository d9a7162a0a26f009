/** More places than this are not counted one by one. */
export const MOST_FOUND = 2000;

/** A text made ready for looking into: letters without case and accents, and where each of them came from. */
export interface Folded {
  readonly text: string;
  /** The place in the original of each letter; null where they are the same. */
  readonly places: readonly number[] | null;
}

/** Folds case and accents away: "resume" finds "Résumé". */
export function fold(text: string): Folded {
  // Most policies are plain letters, and those keep their places.
  if (/^\p{ASCII}*$/u.test(text)) return { text: text.toLowerCase(), places: null };
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = letter.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  places.push(at);
  return { text: folded, places };
}

/** Where a text holds another, as pairs of start and end in the original. */
export function placesOf(text: string, wanted: string): (readonly [number, number])[] {
  const { text: needle } = fold(wanted);
  if (needle === '') return [];
  const { text: hay, places } = fold(text);
  const found: (readonly [number, number])[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    found.push(places ? [places[at] ?? at, places[end] ?? text.length] : [at, end]);
  }
  return found;
}

/** Every place below `root` where the page shows `wanted`, in reading order, at most {@link MOST_FOUND}. */
export function findText(root: HTMLElement, wanted: string): Range[] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('.visually-hidden, [hidden]')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const found: Range[] = [];
  for (let node = texts.nextNode(); node && found.length < MOST_FOUND; node = texts.nextNode()) {
    for (const [start, end] of placesOf(node.nodeValue ?? '', wanted)) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      found.push(range);
    }
  }
  return found.slice(0, MOST_FOUND);
}
