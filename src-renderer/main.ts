import { number } from '@messageformat/runtime';
import { mount } from 'svelte';
import loaders from '../src-shared/text/generated/load-first.js';
import { loadSentences } from '../src-shared/text/load.js';
import { afterPaint } from './after-paint.js';
import { fetchAhead, type Ahead } from './ahead.js';
import { bridgeOf } from './bridge.js';
import { Choices, type Schedule } from './choices.svelte.js';
import { fillEmptyFrame, readType } from './empty-frame.js';
import { keptPlace } from './kept-place.js';
import { showWindow } from './show-window.js';
import { startState } from './state.svelte.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import { directionOf } from './text/direction.js';
import { loadWords } from './text/load-words.js';

const schedule: Schedule = (task, delayMs) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};

const firstWords = (lang: string) => loadSentences(loaders, lang);

async function start(): Promise<void> {
  const bridge = bridgeOf(window);
  // The address names the language, so that its sentences come while the snapshot is still being asked for.
  const named = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  const words = firstWords(named);
  const starting = startState(bridge);
  readNumbers(named);
  let hideFrame = (): void => undefined;
  // The main process is still reading the profile meanwhile. A failure shows where the page asks for it again.
  const fetching = new Promise<Ahead | null>((resolve) => {
    afterPaint(() => {
      void fetchAhead(named, words).then(resolve, () => resolve(null));
      // In a task of its own, so that the files are asked for before it.
      setTimeout(readType);
    });
  });
  const framed = words.then((text) => {
    speak(named);
    hideFrame = fillEmptyFrame(text);
    return text;
  });
  // All of the page is drawn at once: drawn in two parts, the whole comes later.
  const [early, started, ahead] = await Promise.all([framed, starting, fetching]);
  const lang = started.ok ? started.value.lang : named;
  const text = lang === named ? early : await firstWords(lang);
  speak(lang);
  hideFrame();
  if (!started.ok || started.value.fatal) {
    const fatal = started.ok ? started.value.fatal : null;
    const [{ default: FatalPage }, words] = await Promise.all([
      import('./pages/FatalPage.svelte'),
      loadWords(lang, text),
    ]);
    mount(FatalPage, { target: document.body, props: { ...words, fatal } });
    return;
  }
  const app = started.value;
  const kept = keptPlace(location.hash);
  if (kept) app.open(kept.service, kept.page);
  const choices = new Choices(bridge, app.apply.bind(app), schedule);
  const parts = { bridge, app, choices, schedule };
  let hide = showWindow(parts, lang, text, lang === named ? ahead : null);
  app.onLanguage = async (next) => {
    const nextText = await firstWords(next);
    // Another one may have been chosen while this one was fetched.
    if (app.lang !== next) return;
    hide();
    speak(next);
    hide = showWindow(parts, next, nextText, null);
  };
}

/** Tells the system and screen readers which language the window is in, and which way it runs. */
function speak(lang: string): void {
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
}

/**
 * The first number or date that a process writes takes some ten milliseconds, in which all that is known of a language is read. It is
 * done while the page waits for its first answers.
 */
function readNumbers(lang: string): void {
  number(lang, 0, 0);
}

void start();
