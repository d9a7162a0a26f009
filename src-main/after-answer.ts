/** Within this time the page has got the answer to a press and drawn it; a little more than a frame. */
const ANSWER_SHOWN_MS = 20;

/** Has something done once the page has shown what a press came to. With two cores, whatever runs earlier makes the person wait for it. */
export function afterAnswer(work: () => void): void {
  setTimeout(work, ANSWER_SHOWN_MS);
}
