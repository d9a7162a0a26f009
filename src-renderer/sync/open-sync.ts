import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { Schedule } from '../choices.svelte.js';
import type RefusedHere from '../components/sync/RefusedHere.svelte';
import type SyncDialog from '../components/sync/SyncDialog.svelte';
import type { SyncLog } from './sync-log.svelte.js';

/** What shows the sync, with what it reads; fetched when something of it is first shown. */
export interface OpenedSync {
  readonly Dialog: typeof SyncDialog;
  readonly Refused: typeof RefusedHere;
  /** One for each service: what was read stands at once wherever it is shown next. */
  readonly logOf: (service: string) => SyncLog;
}

/** @returns fetches it at its first call, and is the same from then on. */
export function syncOpener(bridge: Bridge, schedule: Schedule): () => Promise<OpenedSync> {
  let opened: Promise<OpenedSync> | null = null;
  const open = async (): Promise<OpenedSync> => {
    const [{ default: Dialog }, { default: Refused }, { SyncLog }] = await Promise.all([
      import('../components/sync/SyncDialog.svelte'),
      import('../components/sync/RefusedHere.svelte'),
      import('./sync-log.svelte.js'),
    ]);
    const logs = new Map<string, SyncLog>();
    const logOf = (service: string): SyncLog => {
      const log = logs.get(service) ?? new SyncLog(bridge, service, schedule);
      logs.set(service, log);
      return log;
    };
    return { Dialog, Refused, logOf };
  };
  return () => (opened ??= open());
}
