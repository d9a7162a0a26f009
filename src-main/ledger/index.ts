export { receiptsOver } from './batch-receipts.js';
export { anchorAccount } from './anchors.js';
export { createLedger } from './ledger.js';
export type { Ledger } from './ledger.js';
export { linkDecision } from './link.js';
export type { EntrySigner, RandomBytes } from './link.js';
export { createProofs } from './proofs.js';
export type { Proofs, ProvenEntry, ReceivedAs } from './proofs.js';
export { checkInWorker } from './check-in-worker.js';
