import type { AppState } from '../state.svelte.js';

/** What a report says of the app: states and versions, and nothing that was chosen, typed or signed in with. */
export type Reported = Pick<AppState, 'version' | 'lang' | 'keychain' | 'services'>;

/** The report of a problem as lines of text. It is in English wherever it is written, for those who will read it. */
export function reportText(app: Reported, userAgent: string): string {
  const services = app.services.map(
    ({ id, subject, sync, ledger, clock, policy }) =>
      `${id}: ${subject.kind}, sync ${sync.state} (${sync.problem}, ${String(sync.waiting)} waiting), record ${ledger.state}, clock ${clock}, policy ${policy.version} ${policy.lang}`,
  );
  return [
    `Sayso ${app.version}`,
    userAgent,
    `language ${app.lang}, keychain ${app.keychain}`,
    ...services,
  ].join('\n');
}
