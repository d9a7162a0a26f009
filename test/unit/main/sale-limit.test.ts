import { expect, test } from 'vitest';
import { createLimits } from '../../../src-main/consent/limits.js';
import { SALE_OR_SHARING } from '../../../src-shared/consent/purpose-kind.js';

/** Limits over a device that keeps its rules in memory. */
function limitsHere(rules: readonly string[]) {
  let never = [...rules];
  const limits = createLimits({
    store: {
      commit: () => ({ ok: true, value: undefined }) as never,
      meta: {
        neverHere: () => never,
        setNeverHere: (_service: string, purposes: readonly string[]) => (never = [...purposes]),
      },
    } as never,
    services: ['alpha'],
    sceneOf: () => ({ optional: ['analytics', SALE_OR_SHARING] }) as never,
    screens: {} as never,
    writer: {
      write: (_service: string, _acts: unknown, alongside: () => void) => {
        alongside();
        return { ok: true, value: [] };
      },
    } as never,
  });
  return { limits, never: () => never };
}

test('a bare call lifts no rule of sale or sharing, and sets one', () => {
  const here = limitsHere([SALE_OR_SHARING, 'analytics']);
  expect(here.limits.setNeverHere('alpha', SALE_OR_SHARING, false)).toMatchObject({
    ok: false,
    error: { code: 'not-a-choice' },
  });
  expect(here.never()).toEqual([SALE_OR_SHARING, 'analytics']);
  expect(here.limits.setNeverHere('alpha', 'analytics', false).ok).toBe(true);
  expect(here.never()).toEqual([SALE_OR_SHARING]);
  const closing = limitsHere([]);
  expect(closing.limits.setNeverHere('alpha', SALE_OR_SHARING, true).ok).toBe(true);
  expect(closing.never()).toEqual([SALE_OR_SHARING]);
});
