import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDeep } from '../../support/counts.js';
import { bundledProgram, type BundledProgram } from '../../support/client/bundled-child.js';
import { atEveryStep } from '../../support/faults/death-sweep.js';
import type { Act } from '../../support/faults/signing-child.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { startTestServer, type TestServer } from '../server/support/test-server.js';

let program: BundledProgram;
let server: TestServer;
beforeAll(async () => {
  const folder = path.resolve(import.meta.dirname, '../../support/faults');
  program = await bundledProgram('signing-child', folder);
  server = await startTestServer({ nowMs: START_MS });
});
afterAll(async () => {
  await program.remove();
  await server.remove();
});

/** Creating an account signs in too, and signing out offline is the harder way out: the other two only in the long run. */
const IN: readonly Act[] = isDeep() ? ['create', 'sign-in'] : ['create'];
const OUT: readonly Act[] = isDeep() ? ['sign-out', 'offline-sign-out'] : ['offline-sign-out'];

describe('an app that is killed', () => {
  it.each(IN)(
    'at any step of "%s" is signed in or signed out at its next start, wholly, and leaves no session behind',
    { timeout: 600_000 },
    async (act) => {
      const found = await atEveryStep({ program, server, act });
      expect(found.length).toBeGreaterThan(14);
      // Before everything was noted it is undone, and from then on it is finished.
      const noted = found.findIndex(({ then }) => then === 'in');
      expect(noted).toBeGreaterThan(10);
      expect(found.slice(noted).every(({ then }) => then === 'in')).toBe(true);
      expect(found[noted]?.step).toBe('after a commit');
    },
  );

  it.each(OUT)(
    'at any step of "%s" finishes it at its next start once it has begun',
    { timeout: 600_000 },
    async (act) => {
      const found = await atEveryStep({ program, server, act });
      expect(found.length).toBeGreaterThan(9);
      expect(found[0]).toEqual({ step: 'before a commit', then: 'in' });
      expect(found.slice(1).filter(({ then }) => then !== 'out')).toEqual([]);
    },
  );
});
