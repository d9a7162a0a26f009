import { endsForGood, type ToolRuling } from '../../src-shared/gate/rule.js';
import type { RequestRuling } from '../../src-shared/gate/request.js';
import type { DeclaredTool } from '../../src-shared/gate/tool.js';
import type { Fetch } from '../api/index.js';
import type { Store } from '../store/index.js';
import type { GateEvent, RunningTool, ToolAdapter, ToolContext } from './adapter.js';
import { createShelf } from './shelf.js';
import { createToolFetch } from './tool-fetch.js';

/** Everything one tool of one service needs; a test passes its own. */
export interface HostParts {
  readonly service: string;
  readonly tool: DeclaredTool;
  readonly adapter: ToolAdapter | null;
  readonly store: Pick<Store, 'toolData' | 'toolBatches' | 'commit' | 'isOpen' | 'truncateLog'>;
  readonly fetch: Fetch;
  readonly baseAddress: () => string;
  readonly firstParty: () => readonly string[];
  readonly ruling: () => ToolRuling;
  readonly onRuled: (ruling: RequestRuling) => void;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly startTimer: ToolContext['startTimer'];
  readonly onUnexpected: (error: unknown) => void;
}

/** One tool, run and stopped as the gate says. */
export interface ToolHost {
  readonly tool: DeclaredTool;
  /** Brings the tool to where the ruling wants it. @param subject whose choice opens it; '' for nobody. */
  follow(ruling: ToolRuling, subject: string): void;
  /** Stops it and cuts its requests; what it has kept stays. */
  close(): void;
  tell(event: GateEvent): void;
  isRunning(): boolean;
}

export function createToolHost(parts: HostParts): ToolHost {
  const { service, tool, adapter, store } = parts;
  const out = createToolFetch({ ...parts });
  let running: { readonly subject: string; readonly it: RunningTool } | null = null;
  const timers = new Set<() => void>();

  /** A tool is somebody else's code: what it throws must neither open nor stop anything else. */
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      parts.onUnexpected(error);
    }
  };
  const close = (): void => {
    const { it } = running ?? {};
    running = null;
    out.cut();
    for (const end of timers) end();
    timers.clear();
    if (it) guarded(() => it.stop());
  };
  const startTimer: ToolContext['startTimer'] = (run, delayMs) => {
    const end = parts.startTimer(() => {
      timers.delete(end);
      guarded(run);
    }, delayMs);
    timers.add(end);
    return () => {
      timers.delete(end);
      end();
    };
  };
  const purge = (exceptSubject?: string): void => {
    const kept = store.toolData.tools(service).includes(tool.id);
    const sent = exceptSubject === undefined && store.toolBatches.tools(service).includes(tool.id);
    if (!kept && !sent) return;
    store.commit(() => {
      store.toolData.purge(service, tool.id, exceptSubject);
      if (sent) store.toolBatches.forget(service, tool.id);
    });
    // Deleted rows are overwritten in the file; the log still holds them until it is cut.
    if (kept) store.truncateLog();
  };
  const run = (subject: string): void => {
    if (!adapter) return;
    const baseAddress = parts.baseAddress();
    const owner = { service, tool: tool.id, subject };
    // A run that is over has no way back, even while another run of the same tool is under way.
    let isMine = true;
    const isOpen = (): boolean => isMine && parts.ruling().isOpen;
    const shelf = createShelf({ ...parts, owner, baseAddress, isOpen });
    guarded(() => {
      const it = adapter.run({
        service,
        tool,
        baseAddress,
        shelf,
        startTimer,
        nowMs: parts.nowMs,
        fetch: (address, request) =>
          isMine
            ? out.fetch(address, request)
            : Promise.resolve({ ok: false, error: { code: 'cancelled' } }),
      });
      running = {
        subject,
        it: {
          onEvent: (event) => it.onEvent?.(event),
          stop() {
            isMine = false;
            it.stop();
          },
        },
      };
    });
  };

  return {
    tool,
    follow(ruling, subject) {
      if (ruling.isOpen && running?.subject === subject) return;
      close();
      if (!store.isOpen()) return;
      if (!ruling.isOpen) {
        if (endsForGood(ruling.reason)) purge();
        return;
      }
      purge(subject);
      run(subject);
    },
    close,
    tell(event) {
      const it = running?.it;
      if (it) guarded(() => it.onEvent?.(event));
    },
    isRunning: () => running !== null,
  };
}
