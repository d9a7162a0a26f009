import type { Unsent } from './ipc-account.js';
import type { PageName } from './pages.js';
import type { AppView, ServiceView } from './views.js';

/** What would be left waiting for one service when Sayso quits. */
export interface QuitWaiting extends Unsent {
  /** The service's name. */
  readonly service: string;
  /** The session is not kept, so quitting signs out: what allows is discarded, what refuses still goes out. */
  readonly endsSession: boolean;
}

export type QuitAnswer = 'shown' | 'quit' | 'keep-open';

/** Every event from the main process to its windows. */
export interface Events {
  readonly 'service.changed': ServiceView;
  readonly 'keychain.changed': AppView['keychain'];
  /** What `sync.detail` says may have changed. Not every such change is one of the {@link ServiceView}. */
  readonly 'sync.changed': { readonly service: string };
  /** What `gate.read` or `device.read` says may have changed. */
  readonly 'gate.changed': { readonly service: string };
  /** The person closes the last window or chooses "Quit" while something waits. */
  readonly 'quit.asked': { readonly waiting: readonly QuitWaiting[] };
  /** The language of the window from now on, and the one that was chosen; null: the system's. */
  readonly 'language.changed': { readonly lang: string; readonly chosen: string | null };
  /** A link was handed to Sayso that leads nowhere; nothing came of it. */
  readonly 'link.refused': Record<string, never>;
  /** The person chose an entry of the menu that the page itself carries out. */
  readonly 'menu.pressed': { readonly item: 'help' | 'find' | 'sync' };
  /** A menu item, a link or a second start asks for a page. */
  readonly 'app.navigate': {
    service: string | null;
    page: PageName;
  };
}

export type EventName = keyof Events;

/** Names at run time; the compiler checks that none is missing and none is too many. */
export const EVENT_NAMES = Object.keys({
  'service.changed': true,
  'keychain.changed': true,
  'sync.changed': true,
  'gate.changed': true,
  'quit.asked': true,
  'language.changed': true,
  'menu.pressed': true,
  'link.refused': true,
  'app.navigate': true,
} satisfies Record<EventName, true>) as EventName[];
