import { failed, ok, type Result } from '../../../src-shared/result.js';
import type { SessionParts } from '../parts.js';
import { answerPage } from './answer-page.js';
import type { Attempt } from './attempt.js';
import { failureOf, type ProofFailure } from './failure.js';
import type { Listener } from './listener.js';
import type { BrowserParts } from './parts.js';
import { findProvider, type Proof, type Provider, type Question, type Wanted } from './provider.js';

type Parts = BrowserParts & Pick<SessionParts, 'nowMs' | 'onChange'>;

/**
 * Has the person sign in in their browser.
 * @returns what the provider says of them; the caller drops it.
 */
export async function prove(
  parts: Parts,
  attempt: Attempt,
  service: string,
  wanted: Wanted,
): Promise<Result<Proof, ProofFailure>> {
  const way = parts.wayOf(service);
  if (!way) return failed({ code: 'not-offered' });
  try {
    const found = await attempt.orEnd(findProvider(way, parts.fetch, parts.nowMs));
    if (!found.ok) return found;
    const provider = found.value;
    // Node's HTTP server is loaded when somebody signs in this way, not at every start.
    const { openListener } = await import('./listener.js');
    const page = answerPage(await parts.answerWords());
    const listener = await openListener(page).catch(() => null);
    if (!listener) return failed({ code: 'no-browser' });
    const said = await askPerson(parts, attempt, service, { provider, listener, wanted }).finally(
      () => {
        listener.close();
      },
    );
    return said.ok ? ok(await provider.exchange(said.value.answer, said.value.question)) : said;
  } catch (error) {
    return failed(failureOf(error));
  }
}

/** Asks in the browser and waits for the answer. */
async function askPerson(
  parts: Parts,
  attempt: Attempt,
  service: string,
  { provider, listener, wanted }: { provider: Provider; listener: Listener; wanted: Wanted },
): Promise<Result<{ answer: URL; question: Question }, ProofFailure>> {
  const question = await provider.ask(listener.redirectUri, wanted);
  const answered = listener.answerTo(question.state);
  // Stopped meanwhile: no window opens that nobody waits for.
  const ended = attempt.ended();
  if (ended) return failed(ended);
  if (!(await parts.openInBrowser(question.address))) return failed({ code: 'no-browser' });
  attempt.address = question.address;
  parts.onChange(service);
  const answer = await attempt.orEnd(answered);
  attempt.address = null;
  return answer.ok ? ok({ answer: answer.value, question }) : answer;
}
