import type { newPerson, RunningServer } from '../stage.js';
import type { Visitor } from './visitor.js';

/** What is there beside the window. */
export interface World {
  readonly server: RunningServer;
  readonly person: ReturnType<typeof newPerson>;
}

/** A page or dialog in one of its states. Places are visited in order: each begins where the one before it was left. */
export interface Place {
  readonly name: string;
  readonly arrive: (visitor: Visitor, world: World) => Promise<void>;
  /** Closes what would stand in the way of the next place. */
  readonly leave?: (visitor: Visitor) => Promise<void>;
}

export const closeDialog = (visitor: Visitor): Promise<void> => visitor.closeDialog();
