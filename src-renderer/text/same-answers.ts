/** What several purposes have in common, said once. */
export interface SameAnswer {
  readonly names: readonly string[];
  readonly answer: string;
  /** Nothing else is answered differently, so that the names need not be said. */
  readonly isForAll: boolean;
}

/** Groups things by an equal answer, in the order in which each answer first comes. */
export function sameAnswers<Thing extends { readonly name: string }>(
  things: readonly Thing[],
  answerOf: (thing: Thing) => string,
): SameAnswer[] {
  const answers = [...new Set(things.map(answerOf))];
  return answers.map((answer) => ({
    answer,
    names: things.filter((thing) => answerOf(thing) === answer).map(({ name }) => name),
    isForAll: answers.length === 1,
  }));
}
