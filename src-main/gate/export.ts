import type { GateExportFailure } from '../../src-shared/gate-view.js';
import type { ExportedView } from '../../src-shared/history-view.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { writeWhole } from '../history/index.js';
import type { Gate } from './gate.js';
import { gateView } from './view.js';

interface Parts {
  readonly gate: Pick<Gate, 'tools' | 'counts'>;
  readonly services: readonly string[];
  readonly nowMs: () => number;
  /** Asks the person where the file goes: an absolute path, or null when they think better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  /** A random id. */
  readonly newId: () => string;
}

/** Writes what the gate did for a service to a file that the person names. Nothing is sent. */
export type GateExport = (service: string) => Promise<Result<ExportedView, GateExportFailure>>;

export function createGateExport(parts: Parts): GateExport {
  return async (service) => {
    if (!parts.services.includes(service)) return failed({ code: 'unknown-service' });
    if (gateView(parts.gate, service).counts.length === 0) {
      return failed({ code: 'nothing-to-export' });
    }
    const generatedAt = new Date(parts.nowMs()).toISOString();
    const path = await parts.askWhere(`sayso-${service}-gate-${generatedAt.slice(0, 10)}.json`);
    if (path === null) return ok({ kind: 'cancelled' });
    const document = { format: 'sayso-gate-1', generatedAt, ...gateView(parts.gate, service) };
    const text = `${JSON.stringify(document, null, 2)}\n`;
    const written = await writeWhole(path, text, parts.newId);
    return written.ok
      ? ok({ kind: 'saved', path })
      : failed({ code: 'not-written', cause: written.error });
  };
}
