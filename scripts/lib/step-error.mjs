/** A failure that a person can act on: shown as one message, without a stack trace. */
export class StepError extends Error {
  /**
   * @param {string} step name of the step that failed, such as `Electron`
   * @param {string} what what happened, as a sentence
   * @param {string} [toDo] what the person can do about it; a command stands on a line of its own
   */
  constructor(step, what, toDo = '') {
    super(`${step}: ${what}${toDo ? `\n${toDo}` : ''}`);
    this.name = 'StepError';
    this.step = step;
  }
}
