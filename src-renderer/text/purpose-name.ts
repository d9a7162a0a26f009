import type { Reading } from '../state.svelte.js';

/** What a purpose is called in the policy on show; its id where the policy has no word for it. */
export function purposeName(reading: Reading, id: string): string {
  const purposes = reading.state === 'read' ? reading.policy.label.purposes : [];
  return purposes.find((purpose) => purpose.id === id)?.name ?? id;
}
