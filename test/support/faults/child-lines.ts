import type { RunningChild } from '../client/bundled-child.js';
import type { ChildLine } from './pressing-child.js';

/** What a pressing child has said so far. */
export function linesOf(child: RunningChild): ChildLine[] {
  return child.lines().map((line) => JSON.parse(line) as ChildLine);
}

/** The ids of the decisions that it said are kept, in order. */
export function keptIn(child: RunningChild): string[] {
  return linesOf(child).flatMap((line) => ('kept' in line ? [line.kept] : []));
}
