import type { GateCountView, GateView, StoredView } from '../../src-shared/gate-view.js';
import type { RefusedReason } from '../../src-shared/gate/request.js';
import { failed, ok } from '../../src-shared/result.js';
import type { Gate } from '../gate/index.js';
import type { CallHandlers } from './answers.js';

const UNKNOWN = { code: 'unknown-service' } as const;

type GateCall = 'service.open' | 'gate.read' | 'gate.forget';

/** The windows on services' own pages, as far as the calls have to do with them. */
export interface SiteCalls {
  open(service: string): Promise<boolean>;
  clear(service: string): Promise<void>;
  stored(service: string): Promise<readonly StoredPart[]>;
}

/** What a page has stored, as it was found. */
interface StoredPart extends Pick<StoredView, 'kind' | 'name' | 'host' | 'bytes' | 'declared'> {
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number | null;
}

export interface GateHandlerParts {
  readonly gate: Gate;
  readonly services: readonly string[];
  /** Left out where there are no windows. */
  readonly sites?: SiteCalls;
}

/** Connects the calls about the gate with it, and with the windows it holds. */
export function createGateHandlers(parts: GateHandlerParts): Pick<CallHandlers, GateCall> {
  const { gate, services, sites } = parts;
  const read = async (service: string): Promise<GateView> => ({
    service,
    tools: gate.tools(service).map(({ tool, ruling }) => {
      const { id, purpose, kind, hosts } = tool;
      return { id, purpose, kind, hosts, closedBy: ruling.isOpen ? null : ruling.reason };
    }),
    counts: gate
      .counts(service)
      .map(({ tool, host, kind, reason, times, firstAtMs, lastAtMs }): GateCountView => ({
        tool: tool || null,
        host,
        kind,
        // Only what the gate itself wrote there is ever read from it.
        reason: (reason || null) as RefusedReason | null,
        times,
        firstAt: new Date(firstAtMs).toISOString(),
        lastAt: new Date(lastAtMs).toISOString(),
      })),
    stored: [
      ...((await sites?.stored(service)) ?? []).map(storedView),
      ...toolsStored(gate, service),
    ],
  });
  return {
    'service.open': async ({ service }) =>
      (await sites?.open(service)) === true ? ok(null) : failed(UNKNOWN),
    'gate.read': async ({ service }) =>
      services.includes(service) ? ok(await read(service)) : failed(UNKNOWN),
    'gate.forget': async ({ service }) => {
      if (!services.includes(service)) return failed(UNKNOWN);
      await sites?.clear(service);
      gate.clearCounts(service);
      return ok(await read(service));
    },
  };
}

/** The same calls when the profile cannot be used. */
export function createFatalGateHandlers(): Pick<CallHandlers, GateCall> {
  const unknown = () => failed(UNKNOWN);
  return { 'service.open': unknown, 'gate.read': unknown, 'gate.forget': unknown };
}

function storedView({ kind, name, host, bytes, expiresAtMs, declared }: StoredPart): StoredView {
  return {
    kind,
    name,
    host,
    bytes,
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    declared: declared && { purpose: declared.purpose, what: declared.what },
  };
}

function toolsStored(gate: Gate, service: string): StoredView[] {
  return gate.stored(service).map(({ tool, bytes }) => {
    const purpose = gate.tools(service).find((one) => one.tool.id === tool)?.tool.purpose;
    const declared = purpose === undefined ? null : { purpose, what: '' };
    return { kind: 'tool', name: tool, host: '', bytes, expiresAt: null, declared };
  });
}
