import { arrival } from './005-arrival.js';
import { first } from './001-first.js';
import { gate } from './002-gate.js';
import { imported } from './004-imported.js';
import { received } from './006-received.js';
import { vault } from './003-vault.js';

/** Every migration in order; a database's `user_version` is how many of them it has been through. */
export const MIGRATIONS: readonly string[] = [first, gate, vault, imported, arrival, received];
