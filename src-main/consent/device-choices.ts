import { ok, type Result } from '../../src-shared/result.js';
import { choicesOf, type Choices } from './choices.js';
import { signalledOn } from './limits.js';
import { readDeviceChoices, type Reads } from './read-state.js';
import type { Act } from './record.js';
import type { Scene } from './scene.js';
import type { Screen } from './screens.js';

/**
 * What the signed-out person chose on this device, as far as one press may make it the account's: not a yes to sale or sharing,
 * which takes two confirmations (CCPA 7028), and nothing that the opt-out signal speaks of, which says so by itself.
 */
export function deviceChoices(
  reads: Reads,
  { optional, asked }: Pick<Scene, 'optional' | 'asked'>,
): ReturnType<typeof readDeviceChoices> {
  const signalled = signalledOn(reads.store, reads.service, optional);
  const own = readDeviceChoices(
    reads,
    optional.filter((purpose) => !signalled.includes(purpose)),
  );
  return { ...own, granted: own.granted.filter((purpose) => asked.includes(purpose)) };
}

/** The same, as acts of the account that is signed in now. */
export function deviceChoicesAsActs(
  reads: Reads,
  { subject, optional, asked, manifest }: Scene,
  { heads, policy }: Screen,
): Result<Act[], string> {
  const own = deviceChoices(reads, { optional, asked });
  const chosen: Choices = {
    ...Object.fromEntries(own.denied.map((purpose) => [purpose, 'denied' as const])),
    ...Object.fromEntries(own.granted.map((purpose) => [purpose, 'granted' as const])),
  };
  const said = choicesOf('save', { optional, asked, signalled: [] }, chosen);
  if (!said.ok) return said;
  const service = manifest.id;
  return ok(
    said.value.map((choices) => {
      return { service, subject, action: 'save', surface: 'import', choices, heads, policy };
    }),
  );
}
