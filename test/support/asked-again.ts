/** What Playwright says when V8 has collected the promise by which it waits for an answer: nothing in the app holds it but Playwright. */
const LOST = 'Resulting promise was garbage collected';

/**
 * Asks once more where the first answer was lost on its way, and only then. It was seen once in several hundred starts, in a main process
 * busy with starting; what tests have it do may be done twice.
 */
export async function askedAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(LOST))) throw error;
    return await ask();
  }
}
