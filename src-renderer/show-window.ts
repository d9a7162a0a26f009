import { mount, unmount } from 'svelte';
import type { Bridge } from '../src-shared/ipc-contract.js';
import type { FirstMessages } from '../src-shared/text/index.js';
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

/** Puts the window's content on the screen in one language. The answer takes it away again; what `app` knows stays. */
export function showWindow(
  { bridge, app, choices, schedule }: Parts,
  lang: string,
  text: FirstMessages,
): () => void {
  const loadLater = async (): Promise<Later> => {
    const [{ createLater }, { loadWords }] = await Promise.all([
      import('./create-later.js'),
      import('./text/load-words.js'),
    ]);
    const words = await loadWords(lang, text);
    const apply = app.apply.bind(app);
    return createLater(bridge, words, apply, schedule, (service) => choices.taken(service));
  };
  const tell = (call: Told, service: string): void => void ask(bridge, call, { service });
  const shown = mount(App, {
    target: document.body,
    props: { app, text, choices, loadLater, tell },
  });
  return () => void unmount(shown);
}
