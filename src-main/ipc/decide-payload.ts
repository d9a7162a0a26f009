import type { Choice } from '../../src-shared/consent/decision.js';
import type { Input } from '../../src-shared/ipc-contract.js';

/** Ids of services and of purposes have the same form (`src-shared/ids.ts`). */
const ID = /^[a-z][a-z0-9-]{0,63}$/;
const ACTIONS = ['accept-all', 'necessary-only', 'save', 'withdraw', 'acknowledge'] as const;
const SURFACES = ['banner', 'settings'] as const;
const MEMBERS = 5;
const MOST_CHOICES = 50;

/**
 * A press that is beyond doubt what the schema of `consent.decide` takes, as the schema would hand it on; null where that is
 * for the schema to say. A press waits for this check, and a schema of that size takes several times as long.
 * @param payload made of nothing but JSON's values.
 */
export function plainPress(payload: object): Input<'consent.decide'> | null {
  if (Object.keys(payload).length !== MEMBERS) return null;
  const { service, revision, action, surface, choices } = payload as Readonly<
    Record<string, unknown>
  >;
  const knownAction = ACTIONS.find((one) => one === action);
  const knownSurface = SURFACES.find((one) => one === surface);
  if (!isId(service) || !isRevision(revision) || !knownAction || !knownSurface) return null;
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices)) return null;
  const said: Record<string, Choice> = {};
  const entries = Object.entries(choices as Readonly<Record<string, unknown>>);
  if (entries.length > MOST_CHOICES) return null;
  for (const [purpose, choice] of entries) {
    if (!isId(purpose) || (choice !== 'granted' && choice !== 'denied')) return null;
    said[purpose] = choice;
  }
  return { service, revision, action: knownAction, surface: knownSurface, choices: said };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

function isRevision(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
