import type { App } from 'electron';
import { LINK_SCHEME, linkAmong } from '../src-shared/link-scheme.js';

/** Links that were handed to Sayso: at its start, by a second start, or by the system. */
export interface Links {
  /** Has each link told from now on, and the newest of those that came before. */
  follow(onLink: (link: string) => void): void;
}

/**
 * Listens for links from the first moment on. Only an installed app says that it opens them: a copy under development or test must
 * not change what a person's desktop does.
 */
export function listenForLinks(
  app: Pick<App, 'isPackaged' | 'on' | 'setAsDefaultProtocolClient'>,
  words: readonly string[],
): Links {
  let waiting = linkAmong(words);
  let tell = (link: string): void => {
    waiting = link;
  };
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    tell(link);
  });
  app.on('second-instance', (_event, given) => {
    const link = linkAmong(given);
    if (link !== null) tell(link);
  });
  return {
    follow(onLink) {
      tell = onLink;
      if (waiting !== null) onLink(waiting);
      waiting = null;
    },
  };
}
