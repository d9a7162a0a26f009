import { expect, it } from 'vitest';
import type { SubjectView } from '../../../src-shared/views.js';
import { isAway, NO_RUN_YET, syncViewOf } from '../../../src-main/sync/standing.js';

const account = { email: 'ada@example.org', remembered: true };
const KINDS = ['signed-out', 'unlocking', 'signed-in', 'expired'] as const;
const PROBLEMS = ['none', 'no-network', 'server-error', 'not-understood', 'no-service'] as const;

it('is a service of which the view says that there is no network, whoever is signed in', () => {
  let away = 0;
  for (const kind of KINDS) {
    for (const problem of PROBLEMS) {
      for (const refused of [0, 1]) {
        const parts = {
          store: {
            sessions: { get: () => null },
            outbox: { countWaiting: () => 0, countRefused: () => refused },
          },
          sessions: { view: () => ({ kind, ...account }) as unknown as SubjectView },
        };
        const run = { ...NO_RUN_YET, problem };
        const shown = syncViewOf(parts as never, 'alpha', run).problem === 'no-network';
        expect(isAway(parts, 'alpha', run)).toBe(shown);
        if (shown) away += 1;
      }
    }
  }
  expect(away).toBe(4);
});
