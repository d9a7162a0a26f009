import type { Section } from '../policy-text.js';
import { differenceOfLines, type Line } from './lines.js';

/** A part of a policy that is new, gone or worded differently. */
export interface SectionDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** The newer heading; the older one of a part that is gone. */
  readonly heading: string;
  /** The heading first, then paragraphs and list items. */
  readonly lines: readonly Line[];
}

/** The parts that differ, told apart by their ids: those of the newer text in its order, then those that are gone. */
export function differenceOfSections(
  from: readonly Section[],
  to: readonly Section[],
): SectionDifference[] {
  const stayed = to.flatMap((section): SectionDifference[] => {
    const before = from.find(({ id }) => id === section.id);
    const lines = differenceOfLines(before ? linesOf(before) : [], linesOf(section));
    if (lines.every(({ kind }) => kind === 'same')) return [];
    return [{ kind: before ? 'changed' : 'added', heading: section.heading, lines }];
  });
  const gone = from
    .filter(({ id }) => !to.some((section) => section.id === id))
    .map((section): SectionDifference => {
      const lines = differenceOfLines(linesOf(section), []);
      return { kind: 'removed', heading: section.heading, lines };
    });
  return [...stayed, ...gone];
}

function linesOf({ heading, blocks }: Section): string[] {
  const text = blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : block.items));
  return [heading, ...text];
}
