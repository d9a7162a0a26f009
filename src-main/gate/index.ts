export { startGateProxy } from './proxy.js';
export type { GateProxy } from './proxy.js';
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
