import {
  EVERY_PURPOSE,
  type Decision,
  type ShownPolicy,
} from '../../src-shared/consent/decision.js';
import type { Store } from '../store/index.js';
import type { CurrentSubject } from './subject.js';

/** What stood on a screen when it was shown; a decision supersedes exactly this, not what arrived a moment later. */
export interface Screen {
  readonly revision: number;
  readonly subjectKey: string;
  readonly policy: ShownPolicy;
  /** Ids of the heads by purpose, `*` among the purposes. */
  readonly heads: Readonly<Record<string, readonly string[]>>;
}

/** How many earlier screens of a service can still be answered. */
const KEPT_SCREENS = 50;

/** Remembers what each shown screen said, under the revision that goes to the window with it. */
export interface Screens {
  /** The screen as it stands now; the same revision as long as nothing on it changed. */
  show(
    service: string,
    subject: CurrentSubject,
    policy: ShownPolicy,
    purposes: readonly string[],
  ): Screen;
  /**
   * The screen as a press on it leaves it behind, with what other presses on it have left already: two refusals may be on their way
   * at once, and whoever then allows it again means both. Not as it stands by now: what came in from elsewhere meanwhile was not on
   * the screen, and the next press on it must not supersede that.
   */
  after(service: string, answered: Screen, said: readonly Decision[]): Screen;
  /** The screen a press answered, or null when it is unknown or belonged to somebody else. */
  answered(service: string, revision: number, subject: CurrentSubject): Screen | null;
  /** The newest screen of every service. */
  newest(): ShownScreens;
}

/** Screens by service. */
export type ShownScreens = ReadonlyMap<string, Screen>;

/** A screen with the one that presses have led from to it; one that no press led to is its own. */
interface Kept {
  readonly screen: Screen;
  /** A revision. */
  readonly origin: number;
}

/** @param before what a window was shown already, by whoever read it ahead: a press on it is answered as on any other. */
export function createScreens(
  store: Pick<Store, 'register'>,
  before: ShownScreens = new Map<string, Screen>(),
): Screens {
  const shown = new Map<string, readonly Kept[]>(
    [...before].map(([service, screen]) => [service, [{ screen, origin: screen.revision }]]),
  );
  let lastRevision = Math.max(0, ...[...before.values()].map(({ revision }) => revision));

  const add = (service: string, now: Omit<Screen, 'revision'>, origin?: number): Screen => {
    lastRevision += 1;
    const screen = { revision: lastRevision, ...now };
    const all = [...(shown.get(service) ?? []), { screen, origin: origin ?? lastRevision }];
    shown.set(service, all.slice(-KEPT_SCREENS));
    return screen;
  };

  return {
    show(service, subject, policy, purposes) {
      const every = new Set([
        ...purposes,
        ...store.register.purposesWithHeads(service, subject.key),
        EVERY_PURPOSE,
      ]);
      const heads = Object.fromEntries(
        [...every].toSorted().map((purpose) => {
          const found = store.register.headsOf(service, subject.key, purpose);
          return [purpose, found.map((head) => head.id).toSorted()];
        }),
      );
      const now = { subjectKey: subject.key, policy, heads };
      const newest = shown.get(service)?.at(-1)?.screen;
      return newest && sameContent(newest, now) ? newest : add(service, now);
    },
    after(service, answered, said) {
      const { revision, subjectKey, policy } = answered;
      const kept = shown.get(service) ?? [];
      const origin = kept.find(({ screen }) => screen.revision === revision)?.origin ?? revision;
      const latest = kept.findLast((one) => one.origin === origin)?.screen ?? answered;
      const heads = said.reduce((before, decision) => {
        return { ...before, ...standing(before, decision, answered.heads) };
      }, latest.heads);
      return add(service, { subjectKey, policy, heads }, origin);
    },
    answered(service, revision, subject) {
      const found = shown.get(service)?.find(({ screen }) => screen.revision === revision)?.screen;
      return found?.subjectKey === subject.key ? found : null;
    },
    newest: () =>
      new Map(
        [...shown].flatMap(([service, kept]) =>
          kept.slice(-1).map(({ screen }) => [service, screen]),
        ),
      ),
  };
}

/** What stands for the purposes of a decision once it is made: itself, and what it does not take the place of. */
function standing(
  before: Screen['heads'],
  { id, choices }: Decision,
  superseded: Screen['heads'],
): Screen['heads'] {
  const purposes = EVERY_PURPOSE in choices ? Object.keys(before) : Object.keys(choices);
  return Object.fromEntries(
    purposes.map((purpose) => {
      const gone = superseded[purpose] ?? [];
      const left = (before[purpose] ?? []).filter((head) => !gone.includes(head));
      return [purpose, [...left, id].toSorted()];
    }),
  );
}

function sameContent(screen: Screen, now: Omit<Screen, 'revision'>): boolean {
  const { subjectKey, policy, heads } = screen;
  return JSON.stringify({ subjectKey, policy, heads }) === JSON.stringify(now);
}
