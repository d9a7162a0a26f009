import { mount } from 'svelte';
import { messagesFor } from '../src-shared/text/index.js';
import App from './App.svelte';
import type { Told } from './told.js';
import type { Later } from './later.js';
import { ask, bridgeOf } from './bridge.js';
import { Choices, type Schedule } from './choices.svelte.js';
import { startState } from './state.svelte.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import { dayWords } from './text/dates.js';
import { directionOf } from './text/direction.js';

const schedule: Schedule = (task, delayMs) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};

async function start(): Promise<void> {
  const bridge = bridgeOf(window);
  const started = await startState(bridge);
  const lang = started.ok ? started.value.lang : navigator.language;
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
  const words = { text: messagesFor(lang), days: dayWords(lang) };
  const target = document.body;
  if (!started.ok || started.value.fatal) {
    const fatal = started.ok ? started.value.fatal : null;
    const { default: FatalPage } = await import('./pages/FatalPage.svelte');
    mount(FatalPage, { target, props: { words, fatal } });
    return;
  }
  const app = started.value;
  const apply = app.apply.bind(app);
  const choices = new Choices(bridge, apply, schedule);
  const loadLater = async (): Promise<Later> => {
    const { createLater } = await import('./create-later.js');
    return createLater(bridge, apply, schedule, (service) => choices.taken(service));
  };
  mount(App, {
    target,
    props: {
      app,
      words,
      choices,
      loadLater,
      tell: (call: Told, service: string) => void ask(bridge, call, { service }),
    },
  });
}

void start();
