import { askService, type AskParts } from './ask-service.js';
import type { AccountParts } from './parts.js';

/** Accounts whose end was asked for without an answer: the service is asked whether it still knows them. */
export interface Unclear {
  /** A deletion is under way until the answer is called: nobody asks meanwhile. */
  begin(service: string): () => void;
  /** The service may be in reach again. */
  look(service: string): void;
}

export function createUnclear(parts: AskParts & Pick<AccountParts, 'api'>): Unclear {
  const { store, sessions, api } = parts;
  const busy = new Set<string>();
  const forget = (service: string): void => {
    if (store.isOpen()) store.meta.setErasingAccount(service, null);
  };
  const ask = async (service: string): Promise<void> => {
    busy.add(service);
    const known = await askService(parts, service, ({ baseAddress, token }) =>
      api.session(baseAddress, token),
    );
    busy.delete(service);
    // It still has the account: nothing was erased. That it has not is heard as the end of the session.
    if (known.ok) forget(service);
  };
  return {
    begin(service) {
      busy.add(service);
      return () => void busy.delete(service);
    },
    look(service) {
      const erasing = store.isOpen() ? store.meta.erasingAccount(service) : null;
      if (erasing === null || busy.has(service)) return;
      const session = store.sessions.get(service);
      if (session?.accountId !== erasing) forget(service);
      else if (sessions.access(service)) void ask(service);
    },
  };
}
