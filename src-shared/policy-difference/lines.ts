import { diffArrays, diffWordsWithSpace } from 'diff';

/** A run of words: `same` in both texts, only in the newer one or only in the older one. */
export interface Span {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * A paragraph, list item or fact. Its spans without the removed ones are the newer wording, without the added ones the
 * older; `changed` has at least one of each kind that differs.
 */
export interface Line {
  readonly kind: 'same' | 'added' | 'removed' | 'changed';
  readonly spans: readonly Span[];
}

/** More single edits than this are no edit any more but another text; it also bounds the time a comparison takes. */
const MOST_EDITS = 400;
/** At least this share of the longer wording has to be common for words to be shown in place. */
const ALIKE_SHARE = 0.4;

/** What became of the lines of an older text in a newer one, in reading order; nothing is left out. */
export function differenceOfLines(from: readonly string[], to: readonly string[]): Line[] {
  const runs = diffArrays([...from], [...to], { maxEditLength: MOST_EDITS });
  if (!runs) return [...from.map(removed), ...to.map(added)];
  return runs.flatMap((run, index): Line[] => {
    if (!run.added && !run.removed) return run.value.map((text) => whole('same', text));
    const next = runs[index + 1];
    if (run.removed) return next?.added ? paired(run.value, next.value) : run.value.map(removed);
    // What replaces the lines just before was paired with them.
    return runs[index - 1]?.removed ? [] : run.value.map(added);
  });
}

/** The same for a value that is one whole, such as a number, in which single words mean nothing. */
export function differenceOfValues(from: string | null, to: string | null): Line[] {
  if (from === to) return to === null ? [] : [whole('same', to)];
  return [...(from === null ? [] : [removed(from)]), ...(to === null ? [] : [added(to)])];
}

/** Lines that took each other's place: the first with the first, as people write. */
function paired(from: readonly string[], to: readonly string[]): Line[] {
  const length = Math.max(from.length, to.length);
  return Array.from({ length }, (_, index) => {
    const [before, after] = [from[index], to[index]];
    if (before === undefined) return after === undefined ? [] : [added(after)];
    if (after === undefined) return [removed(before)];
    return differenceOfWords(before, after);
  }).flat();
}

/** One line with its changed words, or the old and the new one where too little of it is the same. */
function differenceOfWords(from: string, to: string): Line[] {
  const words = diffWordsWithSpace(from, to, { maxEditLength: MOST_EDITS });
  const spans = (words ?? []).map((change): Span => ({
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
    text: change.value,
  }));
  const common = spans.reduce(
    (sum, { kind, text }) => sum + (kind === 'same' ? text.length : 0),
    0,
  );
  const isAlike = common >= ALIKE_SHARE * Math.max(from.length, to.length);
  return isAlike ? [{ kind: 'changed', spans: joined(spans) }] : [removed(from), added(to)];
}

/** Changes with only space between them read better as one: `ten days` became `two years`. */
function joined(spans: readonly Span[]): Span[] {
  const together: Span[] = [];
  let run: Span[] = [];
  const endRun = (): void => {
    const kinds = (['removed', 'added'] as const).filter((kind) =>
      run.some((span) => span.kind === kind),
    );
    const textWithout = (left: Span['kind']): string =>
      run.map(({ kind, text }) => (kind === left ? '' : text)).join('');
    // Where words only came or only went, the space between them is in the other text too.
    if (kinds.length < 2) together.push(...run);
    else {
      together.push({ kind: 'removed', text: textWithout('added') });
      together.push({ kind: 'added', text: textWithout('removed') });
    }
    run = [];
  };
  spans.forEach((span, index) => {
    const next = spans[index + 1];
    const isGap = span.kind === 'same' && span.text.trim() === '' && run.length > 0 && next;
    if (span.kind !== 'same' || isGap) run.push(span);
    else {
      endRun();
      together.push(span);
    }
  });
  endRun();
  return together;
}

function whole(kind: Span['kind'], text: string): Line {
  return { kind, spans: [{ kind, text }] };
}

function added(text: string): Line {
  return whole('added', text);
}

function removed(text: string): Line {
  return whole('removed', text);
}
