import type { Bridge } from '../src-shared/ipc-contract.js';
import type { ServiceView } from '../src-shared/views.js';
import { accountOpener } from './account/open-account.js';
import { createAccounts } from './accounts.js';
import { ask } from './bridge.js';
import type { Schedule } from './choices.svelte.js';
import Column from './components/Column.svelte';
import Overlays from './components/Overlays.svelte';
import { deviceOpener, siteOpener } from './device/open-device.js';
import { historyOpener } from './history/open-history.js';
import type { Later } from './later.js';
import { createLimits } from './limits.js';
import { createPolicyShelf } from './policy/policy-shelf.js';
import { createQuitAsking } from './quit-asking.js';
import { syncOpener } from './sync/open-sync.js';
import type { Words } from './text/context.js';

/** Everything the first paint does without. @param apply takes in a service's newer view. @param onSaved told when a choice was kept. */
export function createLater(
  bridge: Bridge,
  words: Words,
  apply: (view: ServiceView) => void,
  schedule: Schedule,
  onSaved: (service: string) => void,
): Later {
  return {
    Column,
    Overlays,
    words,
    onDrawn: () => void ask(bridge, 'app.drawn', {}),
    accountOf: createAccounts(bridge, apply),
    limits: createLimits(bridge, apply, onSaved),
    openAccount: accountOpener(bridge, schedule, apply, onSaved),
    openHistory: historyOpener(bridge),
    openDevice: deviceOpener(bridge, schedule),
    openSite: siteOpener(bridge),
    openSync: syncOpener(bridge, schedule),
    quitting: createQuitAsking(bridge),
    openHelp: () => import('./components/help/HelpDialog.svelte'),
    followMenu: (onItem) => bridge.on('menu.pressed', ({ item }) => onItem(item)),
    chooseLanguage: (lang) => void ask(bridge, 'language.choose', { lang }),
    shelf: createPolicyShelf(bridge),
  };
}
