import { EVERY_PURPOSE, type Choice } from '../../src-shared/consent/decision.js';
import { failed, ok, type Result } from '../../src-shared/result.js';

/** The acts a window can send; `signal` comes from the opt-out signal's own switch. */
export type PressedAction = 'accept-all' | 'necessary-only' | 'save' | 'withdraw' | 'acknowledge';

/** Choices by purpose, as they go into one decision. */
export type Choices = Readonly<Record<string, Choice>>;

/** What a press can be about. */
export interface Decidable {
  /** The purposes that are the person's to decide. */
  readonly optional: readonly string[];
  /** Those of them that an answer to the banner is about. */
  readonly asked: readonly string[];
  /** Those that the opt-out signal keeps closed: a yes said meanwhile would come up when it is switched off. */
  readonly signalled: readonly string[];
}

/**
 * What a press says, as the choices of one decision or of two: grants and denials never share one. Denials come first,
 * so that nothing stands open between them.
 * @param saved what a `save` carries; the other acts carry nothing, their name says it all.
 * @returns the choices of each decision to make, or what is wrong in words for a log.
 */
export function choicesOf(
  action: PressedAction,
  { optional, asked, signalled }: Decidable,
  saved: Choices,
): Result<readonly Choices[], string> {
  if (action !== 'save') {
    if (Object.keys(saved).length > 0) return failed(`${action} carries no choices of its own`);
    if (action === 'acknowledge') return ok([{}]);
    if (action === 'withdraw') return ok([{ [EVERY_PURPOSE]: 'denied' }]);
    const grants = action === 'accept-all';
    const meant = grants ? asked.filter((purpose) => !signalled.includes(purpose)) : asked;
    if (meant.length === 0) return failed(`${action} needs an optional purpose`);
    return ok([all(meant, grants ? 'granted' : 'denied')]);
  }
  const unknown = Object.keys(saved).filter((purpose) => !optional.includes(purpose));
  if (unknown.length > 0) return failed(`not the person's to decide: ${unknown.join(', ')}`);
  const kept = signalled.filter((purpose) => saved[purpose] === 'granted');
  if (kept.length > 0) return failed(`kept off by the opt-out signal: ${kept.join(', ')}`);
  const saying = (choice: Choice): string[] =>
    Object.keys(saved).filter((purpose) => saved[purpose] === choice);
  const parts = [all(saying('denied'), 'denied'), all(saying('granted'), 'granted')];
  const said = parts.filter((part) => Object.keys(part).length > 0);
  return said.length > 0 ? ok(said) : failed('a save needs at least one choice');
}

function all(purposes: readonly string[], choice: Choice): Choices {
  return Object.fromEntries(purposes.map((purpose) => [purpose, choice]));
}
