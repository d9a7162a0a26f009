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
   * The screen as a press on it leaves it behind. Not as it stands by now: what came in from elsewhere meanwhile was not on the
   * screen, and the next press on it must not supersede that.
   */
  after(service: string, answered: Screen, said: readonly Decision[]): Screen;
  /** The screen a press answered, or null when it is unknown or belonged to somebody else. */
  answered(service: string, revision: number, subject: CurrentSubject): Screen | null;
  /** The newest screen of every service. */
  newest(): ShownScreens;
}

/** Screens by service. */
export type ShownScreens = ReadonlyMap<string, Screen>;

/** @param before what a window was shown already, by whoever read it ahead: a press on it is answered as on any other. */
export function createScreens(
  store: Pick<Store, 'register'>,
  before: ShownScreens = new Map<string, Screen>(),
): Screens {
  const shown = new Map([...before].map(([service, screen]) => [service, [screen]]));
  let lastRevision = Math.max(0, ...[...before.values()].map(({ revision }) => revision));

  const keep = (service: string, now: Omit<Screen, 'revision'>): Screen => {
    const screens = shown.get(service) ?? [];
    const newest = screens.at(-1);
    if (newest && sameContent(newest, now)) return newest;
    lastRevision += 1;
    const screen: Screen = { revision: lastRevision, ...now };
    shown.set(service, [...screens, screen].slice(-KEPT_SCREENS));
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
      return keep(service, { subjectKey: subject.key, policy, heads });
    },
    after(service, { subjectKey, policy, heads }, said) {
      const next = said.reduce(
        (before, { id, choices }) => ({
          ...before,
          ...Object.fromEntries(
            (EVERY_PURPOSE in choices ? Object.keys(before) : Object.keys(choices)).map(
              (purpose) => [purpose, [id]],
            ),
          ),
        }),
        heads,
      );
      return keep(service, { subjectKey, policy, heads: next });
    },
    answered(service, revision, subject) {
      const screen = shown.get(service)?.find((one) => one.revision === revision);
      return screen && screen.subjectKey === subject.key ? screen : null;
    },
    newest: () =>
      new Map(
        [...shown].flatMap(([service, screens]) => screens.slice(-1).map((one) => [service, one])),
      ),
  };
}

function sameContent(screen: Screen, now: Omit<Screen, 'revision'>): boolean {
  const { subjectKey, policy, heads } = screen;
  return JSON.stringify({ subjectKey, policy, heads }) === JSON.stringify(now);
}
