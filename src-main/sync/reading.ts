import type { PulledEntry } from '../../src-shared/api-contract.js';
import type { Seen } from '../store/index.js';

/** A reading of everything the server has of an account, from the start; it may take several runs. */
export interface Reading {
  readonly accountId: string;
  cursor: string;
  /** What the server showed so far and this device may have sent. */
  readonly seen: Map<string, Seen>;
}

/** What the engine remembers of the reading under way. */
export interface ReadingMemory {
  reading: Reading | null;
}

/** Forgets how far this account was read: the next pull begins with the first entry. */
export function readFromStart(memory: ReadingMemory, accountId: string): void {
  memory.reading = { accountId, cursor: '', seen: new Map() };
}

/** Notes what a page showed of a device. Headers say nothing about whose they are. */
export function noteSeen({ seen }: Reading, entries: readonly PulledEntry[], device: string): void {
  for (const entry of entries) {
    if (!('decision' in entry)) seen.set(entry.id, 'header');
    else if (entry.decision.device === device) seen.set(entry.decision.id, 'whole');
  }
}
