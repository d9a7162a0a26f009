import type { Decision } from '../../../src-shared/consent/decision.js';

/** A moment all client tests may start from, milliseconds since 1970. */
export const START_MS = Date.parse('2026-11-22T10:00:00.000Z');

/** The UUID version 7 that stands at place `place` of a test: different places, different ids, in the same order. */
export function idAt(place: number): string {
  return `019dc000-0000-7000-8000-${place.toString(16).padStart(12, '0')}`;
}

/** A decision in good form, said by `device-1` of nobody about the service `alpha`, with changes. */
export function sampleDecision(place: number, changes: Partial<Decision> = {}): Decision {
  return {
    v: 1,
    id: idAt(place),
    service: 'alpha',
    subject: null,
    device: 'device-1',
    seq: place + 1,
    at: new Date(START_MS + place * 1000).toISOString(),
    action: 'save',
    surface: 'settings',
    choices: { analytics: 'granted' },
    supersedes: {},
    policy: { version: '2026-01', lang: 'en', sha256: 'a'.repeat(64) },
    ...changes,
  };
}
