import type { ConsentFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Store } from '../store/index.js';
import { createArrival, type Arrival } from './arrival.js';
import { choicesOf, type Choices, type PressedAction } from './choices.js';
import { deviceChoicesAsActs } from './device-choices.js';
import { createLimits, signalledOn, type Limits } from './limits.js';
import { readState, type EffectiveReading } from './read-state.js';
import { createReadings } from './readings.js';
import { createRunMemory } from './run-memory.js';
import { createSceneFinder, type Scene, type SceneParts } from './scene.js';
import { screenOf, type ConsentScreen } from './screen-view.js';
import { createScreens, type ShownScreens } from './screens.js';
import { createWriter, purposesOf, type WriterParts } from './writer.js';

/** A press as it comes from a window. */
export interface Press {
  readonly service: string;
  /** The screen that was answered. */
  readonly revision: number;
  readonly action: PressedAction;
  readonly surface: 'banner' | 'settings';
  readonly choices: Choices;
}

/** Decisions and what they come to: the only way to make one. */
export interface Consent extends Limits, Arrival {
  /** The choices as they stand, under the revision that a press on them has to name. */
  screen(service: string): ConsentScreen | null;
  /** What each purpose that is the person's to decide comes to now; null when there is no usable profile under that id. */
  readings(service: string): readonly EffectiveReading[] | null;
  /**
   * Keeps what the person pressed; when this answers ok, it is on the disk.
   * @returns the revision of the screen that the press leaves behind, for the next press on it.
   */
  decide(press: Press): Result<{ readonly revision: number }, ConsentFailure>;
  /** Answers "This device's choices" for the signed-in account. */
  answerDeviceChoices(
    service: string,
    revision: number,
    takeOver: boolean,
  ): Result<null, ConsentFailure>;
  /** When time alone changes what is shown next, milliseconds since 1970; null when it never will. */
  nextChangeMs(service: string): number | null;
  dismissBanner(service: string): void;
  callBackBanner(service: string): void;
  /** The service was forgotten on this device: it may ask as at the first start. */
  forget(service: string): void;
}

interface Parts extends WriterParts, SceneParts {
  readonly store: Store;
  /** Trusted time, by which grants run out; `nowMs` is the wall clock, which decisions are stamped with. */
  readonly trustedNowMs: () => number;
  readonly isSuspect: (service: string) => boolean;
  /** What the window was shown before all this was there; left out: nothing. */
  readonly shownBefore?: ShownScreens | undefined;
}

export function createConsent(parts: Parts): Consent {
  const { store, trustedNowMs, isSuspect, onChange } = parts;
  const screens = createScreens(store, parts.shownBefore);
  const run = createRunMemory();
  const readings = createReadings(parts);

  const sceneOf: (service: string) => Scene | null = createSceneFinder(parts);

  const { readsOf } = readings;

  const writer = createWriter(parts, run);
  const limits = createLimits({
    store,
    services: parts.profiles.map(({ manifest }) => manifest.id),
    sceneOf,
    screens,
    writer,
  });

  const arrival = createArrival({ store, sceneOf, screens, readings, writer, onChange });

  return {
    ...limits,
    ...arrival,
    screen(service) {
      const scene = sceneOf(service);
      return scene && screenOf({ screens, run, readings, trustedNowMs, isSuspect }, scene);
    },

    readings(service) {
      const scene = sceneOf(service);
      return scene && readState(readsOf(service), scene.subject, scene.optional);
    },

    decide({ service, revision, action, surface, choices }) {
      const scene = sceneOf(service);
      if (!scene) return failed({ code: 'unknown-service' });
      const said = choicesOf(
        action,
        { ...scene, signalled: signalledOn(store, service, scene.optional) },
        choices,
      );
      if (!said.ok) return failed({ code: 'not-a-choice', detail: said.error });
      const { subject, policy } = scene;
      const screen = screens.answered(service, revision, subject);
      const grants = said.value.some((part) => Object.values(part).includes('granted'));
      // A refusal is never turned away: without its screen it supersedes nothing and still closes.
      if (!screen && grants) return failed({ code: 'screen-changed' });
      if (grants && isSuspect(service)) return failed({ code: 'ledger-suspect' });
      const acts = said.value.map((part) => ({
        service,
        subject,
        action,
        surface,
        choices: part,
        heads: screen?.heads ?? null,
        policy: screen?.policy ?? policy.shown,
      }));
      const liftNever = (): void => {
        // Whoever turns a switch on means it for this device too.
        const opened = action === 'save' ? purposesOf(acts, 'granted') : [];
        const never = store.meta.neverHere(service);
        if (never.some((purpose) => opened.includes(purpose))) {
          const left = never.filter((purpose) => !opened.includes(purpose));
          store.meta.setNeverHere(service, left);
        }
      };
      const written = writer.write(service, acts, liftNever, { cause: 'press' });
      if (!written.ok) return written;
      const { revision: next } = screen
        ? screens.after(service, screen, written.value)
        : screens.show(service, subject, policy.shown, scene.optional);
      return ok({ revision: next });
    },

    answerDeviceChoices(service, revision, takeOver) {
      const scene = sceneOf(service);
      if (!scene?.subject.session) return failed({ code: 'unknown-service' });
      const screen = screens.answered(service, revision, scene.subject);
      if (!screen) return failed({ code: 'screen-changed' });
      if (takeOver && isSuspect(service)) return failed({ code: 'ledger-suspect' });
      const acts = takeOver ? deviceChoicesAsActs(readsOf(service), scene, screen) : ok([]);
      if (!acts.ok) return failed({ code: 'not-a-choice', detail: acts.error });
      const written = writer.write(service, acts.value, () =>
        store.sessions.change(service, { deviceChoices: takeOver ? 'taken-over' : 'kept-apart' }),
      );
      return written.ok ? ok(null) : written;
    },

    nextChangeMs(service) {
      const scene = sceneOf(service);
      return scene ? readings.nextChangeMs(scene) : null;
    },

    dismissBanner(service) {
      run.dismiss(service);
      onChange(service, 'view');
    },
    callBackBanner(service) {
      run.callBack(service);
      onChange(service, 'view');
    },
    forget(service) {
      run.forget(service);
      onChange(service, 'view');
    },
  };
}
