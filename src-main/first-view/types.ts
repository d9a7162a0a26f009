import type { AppView } from '../../src-shared/views.js';
import type { ShownScreens } from '../consent/index.js';

/** What the first page shows, as far as it comes from the profile, and the screens that presses on it will answer. */
export interface FirstView extends Pick<AppView, 'opened' | 'policy' | 'services' | 'problems'> {
  readonly screens: ShownScreens;
}

/** Where it is read from. */
export interface FirstViewTask {
  /** Path of `sayso.db`. */
  readonly file: string;
  /** Path of `resources/services`. */
  readonly services: string;
  /** That of Sayso. */
  readonly version: string;
  /** BCP 47 tag of the window's language. */
  readonly lang: string;
  /** The service asked for on the command line, as typed; '' for none. */
  readonly asked: string;
}
