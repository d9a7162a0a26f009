/**
 * Purposes that are being refused: closed from before the refusal is written. Where the disk does not take it they stay closed
 * until the person allows them anew, or Sayso starts again.
 */
export interface Holds {
  hold(service: string, purposes: readonly string[]): void;
  release(service: string, purposes: readonly string[]): void;
  of(service: string): readonly string[];
}

export function createHolds(): Holds {
  const held = new Map<string, Set<string>>();
  return {
    hold(service, purposes) {
      held.set(service, new Set([...(held.get(service) ?? []), ...purposes]));
    },
    release(service, purposes) {
      for (const purpose of purposes) held.get(service)?.delete(purpose);
    },
    of: (service) => [...(held.get(service) ?? [])],
  };
}
