import type { GateCountView, GateView } from '../../src-shared/gate-view.js';
import type { RefusedReason } from '../../src-shared/gate/request.js';
import type { Gate } from './gate.js';

/** What the page "What the gate did" shows of a service. */
export function gateView(gate: Pick<Gate, 'tools' | 'counts'>, service: string): GateView {
  return {
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
  };
}
