import { mount } from 'svelte';
import loaders from '../src-shared/text/generated/load-first.js';
import { loadSentences } from '../src-shared/text/load.js';
import { bridgeOf } from './bridge.js';
import { Choices, type Schedule } from './choices.svelte.js';
import { keptPlace } from './kept-place.js';
import { showWindow } from './show-window.js';
import { startState } from './state.svelte.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import { directionOf } from './text/direction.js';

const schedule: Schedule = (task, delayMs) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};

const firstWords = (lang: string) => loadSentences(loaders, lang);

async function start(): Promise<void> {
  const bridge = bridgeOf(window);
  // The address names the language, so that its sentences come while the snapshot is still being asked for.
  const named = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  const [early, started] = await Promise.all([firstWords(named), startState(bridge)]);
  const lang = started.ok ? started.value.lang : named;
  const text = lang === named ? early : await firstWords(lang);
  speak(lang);
  if (!started.ok || started.value.fatal) {
    const fatal = started.ok ? started.value.fatal : null;
    const [{ default: FatalPage }, { loadWords }] = await Promise.all([
      import('./pages/FatalPage.svelte'),
      import('./text/load-words.js'),
    ]);
    mount(FatalPage, { target: document.body, props: { ...(await loadWords(lang, text)), fatal } });
    return;
  }
  const app = started.value;
  const kept = keptPlace(location.hash);
  if (kept) app.open(kept.service, kept.page);
  const choices = new Choices(bridge, app.apply.bind(app), schedule);
  const parts = { bridge, app, choices, schedule };
  let hide = showWindow(parts, lang, text);
  app.onLanguage = async (next) => {
    const nextText = await firstWords(next);
    // Another one may have been chosen while this one was fetched.
    if (app.lang !== next) return;
    hide();
    speak(next);
    hide = showWindow(parts, next, nextText);
  };
}

/** Tells the system and screen readers which language the window is in, and which way it runs. */
function speak(lang: string): void {
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
}

void start();
