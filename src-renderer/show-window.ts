import { mount, unmount } from 'svelte';
import type { Bridge } from '../src-shared/ipc-contract.js';
import type { FirstMessages } from '../src-shared/text/index.js';
import { fetchAhead, type Ahead } from './ahead.js';
import App from './App.svelte';
import { ask } from './bridge.js';
import type { Choices, Schedule } from './choices.svelte.js';
import type { Later } from './later.js';
import type { AppState } from './state.svelte.js';
import type { Told } from './told.js';

interface Parts {
  readonly bridge: Bridge;
  readonly app: AppState;
  readonly choices: Choices;
  readonly schedule: Schedule;
}

/**
 * Puts the window's content on the screen in one language. The answer takes it away again; what `app` knows stays.
 * @param ahead where it is there already, the page is shown with the rail; else the rail first.
 */
export function showWindow(
  { bridge, app, choices, schedule }: Parts,
  lang: string,
  text: FirstMessages,
  ahead: Ahead | null,
): () => void {
  const laterOf = ({ createLater, words }: Ahead): Later =>
    createLater(bridge, words, app.apply.bind(app), schedule, (service) => choices.taken(service));
  const loadLater = async (): Promise<Later> => laterOf(await fetchAhead(lang, text));
  const tell = (call: Told, service: string): void => void ask(bridge, call, { service });
  const shown = mount(App, {
    target: document.body,
    props: { app, text, choices, tell, ready: ahead && laterOf(ahead), loadLater },
  });
  return () => void unmount(shown);
}
