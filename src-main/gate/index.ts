import type { GateProxy } from './proxy.js';

/** The proxy of windows on services' own pages. It and Node's HTTP server are loaded when such a window is first opened. */
export const loadGateProxy = () => import('./proxy.js');
export type { GateProxy };
export type {
  GateEvent,
  RunningTool,
  ToolAdapter,
  ToolAnswer,
  ToolContext,
  ToolFetchFailure,
} from './adapter.js';
export { createGateExport } from './export.js';
export type { GateExport } from './export.js';
export { createFactsReader } from './facts.js';
export { createGate } from './gate.js';
export type { Deciding, Gate, SaidChoices } from './gate.js';
export { gateView } from './view.js';
