import { EVERY_PURPOSE } from '../../src-shared/consent/decision.js';
import {
  rulingForPageRequest,
  type RequestRuling,
  type RuledTool,
} from '../../src-shared/gate/request.js';
import { rulingFor, type ToolRuling } from '../../src-shared/gate/rule.js';
import type { DeclaredTool } from '../../src-shared/gate/tool.js';
import type { Manifest } from '../../src-shared/manifest.js';
import type { Fetch } from '../api/index.js';
import type { GateCount, Store } from '../store/index.js';
import type { GateEvent, ToolAdapter, ToolContext } from './adapter.js';
import { createGateCounter } from './counter.js';
import type { ServiceFacts } from './facts.js';
import { createForgetting } from './forget.js';
import { createHolds } from './holds.js';
import { createToolHost, type ToolHost } from './tool-host.js';

/** What a decision says, as far as the gate is concerned; `*` among `denied` stands for every purpose. */
export interface SaidChoices {
  readonly denied: readonly string[];
  readonly granted: readonly string[];
}

/** A decision that is being written. What it refuses is closed already. */
export interface Deciding {
  /** To be called in the transaction that writes it: what refused tools have kept goes with it, or stays with it. */
  within(): void;
  /** It is on the disk. Where this is never called, what was refused stays closed. */
  saved(): void;
}

/** The one place that lets anything optional act. Everything is closed that is not known to be open. */
export interface Gate {
  /** Something about the service may have changed: tools are started, stopped and purged as it stands now. */
  follow(service: string): void;
  /** The person decides: what is refused closes before this returns. */
  deciding(service: string, said: SaidChoices): Deciding;
  /** The declared tools of a service and what holds for each at this moment. */
  tools(service: string): readonly (RuledTool & { readonly tool: DeclaredTool })[];
  /** Judges and counts one request of the service's own pages. @param kind such as `image`. */
  pageRequest(service: string, address: string, kind: string): RequestRuling;
  /** Whether a connection to an address may stand at this moment. @param counts what kind of request to count a refusal as; null: none. */
  mayReach(service: string, address: string, counts: string | null): boolean;
  /** Told after a service's rulings may have changed, at once; the answer ends it. */
  onChange(listener: (service: string) => void): () => void;
  /** The person did something in the window: running tools hear of it by name only. */
  tell(service: string, event: GateEvent): void;
  /** What was let through and refused, newest first. */
  counts(service: string): readonly GateCount[];
  clearCounts(service: string): void;
  /** What each tool keeps on this device, in bytes. */
  stored(service: string): readonly { readonly tool: string; readonly bytes: number }[];
  /** Deletes what a tool keeps on this device; it may go on. @returns whether the disk took it. */
  purge(service: string, tool: string): boolean;
  /** There may be a network: what is to be forgotten is asked to be. */
  wake(service: string): void;
  /** Stops every tool, for good. */
  stop(): void;
}

/** What the gate needs from outside. */
export interface GateParts {
  readonly store: Store;
  readonly manifests: readonly Manifest[];
  readonly adapters: readonly ToolAdapter[];
  readonly facts: (service: string, beingRefused: readonly string[]) => ServiceFacts | null;
  readonly baseAddressOf: (service: string) => string | null;
  /** Hosts of the service's own pages besides that of its base address. */
  readonly siteOf: (service: string) => string | null;
  readonly fetch: Fetch;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly startTimer: ToolContext['startTimer'];
  readonly onUnexpected: (service: string, error: unknown) => void;
  /** Told when the page "What the gate did" would show something else. */
  readonly onCounted: (service: string) => void;
}

export function createGate(parts: GateParts): Gate {
  const { store } = parts;
  const holds = createHolds();
  const listeners = new Set<(service: string) => void>();
  let isStopped = false;
  const counter = createGateCounter({ ...parts, onWritten: parts.onCounted });

  const factsOf = (service: string): ServiceFacts | null =>
    isStopped ? null : parts.facts(service, holds.of(service));
  const rulingOf = (service: string, tool: DeclaredTool): ToolRuling =>
    rulingFor(tool, factsOf(service)?.facts ?? null);
  const firstParty = (service: string): readonly string[] =>
    [parts.baseAddressOf(service), parts.siteOf(service)].flatMap((address) =>
      address === null || !URL.canParse(address) ? [] : [new URL(address).host],
    );
  const forgetting = createForgetting({
    ...parts,
    firstParty,
    onRuled: (service, ruling) => {
      counter.count(service, ruling, 'forget');
    },
  });

  const hosts = new Map<string, readonly ToolHost[]>(
    parts.manifests.map(({ id: service, tools }) => [
      service,
      tools.map((tool) =>
        createToolHost({
          ...parts,
          service,
          tool,
          adapter: parts.adapters.find(({ kind }) => kind === tool.kind) ?? null,
          baseAddress: () => parts.baseAddressOf(service) ?? '',
          firstParty: () => firstParty(service),
          ruling: () => rulingOf(service, tool),
          onRuled: (ruling) => {
            counter.count(service, ruling, 'tool');
          },
          onUnexpected: (error) => {
            parts.onUnexpected(service, error);
          },
        }),
      ),
    ]),
  );
  const hostsOf = (service: string): readonly ToolHost[] => hosts.get(service) ?? [];
  const tellListeners = (service: string): void => {
    for (const listener of listeners) listener(service);
  };
  /** Services whose tools' data went with a refusal and still is in the log. */
  const purged = new Set<string>();
  const toolsNow = (service: string): ReturnType<Gate['tools']> => {
    const facts = factsOf(service)?.facts ?? null;
    return hostsOf(service).map(({ tool }) => ({ tool, ruling: rulingFor(tool, facts) }));
  };

  const rulingOfPage = (service: string, address: string): RequestRuling => {
    // To the service itself always: what tools may is read only for other addresses.
    const own = rulingForPageRequest(address, [], firstParty(service));
    if (own.isAllowed) return own;
    return rulingForPageRequest(address, toolsNow(service), firstParty(service));
  };

  const follow = (service: string): void => {
    const known = factsOf(service);
    // What was deleted with a refusal is overwritten in the file; the log still holds it until it is cut, which no press waits for.
    if (store.isOpen() && purged.delete(service)) store.truncateLog();
    for (const host of hostsOf(service)) {
      host.follow(rulingFor(host.tool, known?.facts ?? null), known?.subject ?? '');
    }
    tellListeners(service);
    void forgetting.run(service);
  };

  return {
    follow,
    deciding(service, { denied, granted }) {
      const purposes = denied.includes(EVERY_PURPOSE)
        ? hostsOf(service).map(({ tool }) => tool.purpose)
        : denied;
      const refused = hostsOf(service).filter(({ tool }) => purposes.includes(tool.purpose));
      holds.hold(service, purposes);
      for (const host of refused) host.close();
      if (refused.length > 0) tellListeners(service);
      return {
        within() {
          for (const { tool } of refused) {
            if (store.toolData.purge(service, tool.id)) purged.add(service);
            store.toolBatches.forget(service, tool.id);
          }
        },
        saved() {
          holds.release(service, [...purposes, ...granted]);
        },
      };
    },
    tools: toolsNow,
    pageRequest(service, address, kind) {
      const ruling = rulingOfPage(service, address);
      counter.count(service, ruling, kind);
      return ruling;
    },
    mayReach(service, address, counts) {
      const ruling = rulingOfPage(service, address);
      // What passes was counted where it was asked for; what comes here without that was meant to pass unseen.
      if (counts !== null && !ruling.isAllowed) counter.count(service, ruling, counts);
      return ruling.isAllowed;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(service, event) {
      for (const host of hostsOf(service)) host.tell(event);
    },
    counts: (service) => counter.all(service),
    clearCounts: (service) => {
      counter.clear(service);
    },
    stored: (service) => store.toolData.sizes(service),
    purge(service, tool) {
      const purged = store.commit(() => {
        store.toolData.purge(service, tool);
      });
      // Deleted rows are overwritten in the file; the log still holds them until it is cut.
      if (purged.ok) store.truncateLog();
      return purged.ok;
    },
    wake: (service) => void forgetting.run(service),
    stop() {
      isStopped = true;
      forgetting.stop();
      for (const [service, all] of hosts) {
        for (const host of all) host.close();
        tellListeners(service);
      }
      counter.stop();
    },
  };
}
