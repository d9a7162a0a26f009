import type { SceneParts } from './scene.js';
import { createSceneFinder } from './scene.js';
import { createReadings } from './readings.js';
import { createRunMemory } from './run-memory.js';
import { screenOf, type ConsentScreen } from './screen-view.js';
import { createScreens, type ShownScreens } from './screens.js';
import type { Store } from '../store/index.js';

interface Parts extends SceneParts {
  readonly store: Pick<Store, 'register' | 'acknowledgements' | 'meta' | 'sessions'>;
  readonly trustedNowMs: () => number;
}

/** The choices as a window shows them first, when nothing has been pressed yet and nothing is doubted. */
export interface FirstScreens {
  screen(service: string): ConsentScreen | null;
  /** What they rest on, for whoever answers the presses on them. */
  shown(): ShownScreens;
}

export function createFirstScreens(parts: Parts): FirstScreens {
  const { store, trustedNowMs } = parts;
  const isSuspect = (): boolean => false;
  const screens = createScreens(store);
  const readings = createReadings({ ...parts, isSuspect });
  const sceneOf = createSceneFinder(parts);
  const reading = { screens, run: createRunMemory(), readings, trustedNowMs, isSuspect };
  return {
    screen(service) {
      const scene = sceneOf(service);
      return scene && screenOf(reading, scene);
    },
    shown: () => screens.newest(),
  };
}
