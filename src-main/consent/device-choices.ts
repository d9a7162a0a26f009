import { ok, type Result } from '../../src-shared/result.js';
import { choicesOf, type Choices } from './choices.js';
import { readDeviceChoices, type Reads } from './read-state.js';
import type { Act } from './record.js';
import type { Scene } from './scene.js';
import type { Screen } from './screens.js';

/** What the signed-out person chose on this device, as acts of the account that is signed in now. */
export function deviceChoicesAsActs(
  reads: Reads,
  { subject, optional, manifest }: Scene,
  { heads, policy }: Screen,
): Result<Act[], string> {
  const own = readDeviceChoices(reads, optional);
  const chosen: Choices = {
    ...Object.fromEntries(own.denied.map((purpose) => [purpose, 'denied' as const])),
    ...Object.fromEntries(own.granted.map((purpose) => [purpose, 'granted' as const])),
  };
  const said = choicesOf('save', optional, chosen);
  if (!said.ok) return said;
  const service = manifest.id;
  return ok(
    said.value.map((choices) => {
      return { service, subject, action: 'save', surface: 'import', choices, heads, policy };
    }),
  );
}
