import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isDeep } from '../../support/counts.js';
import { bundledProgram, type BundledProgram } from '../../support/client/bundled-child.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { forgetAtEveryStep } from '../../support/faults/forget-sweep.js';
import { startTestServer, type TestServer } from '../server/support/test-server.js';

let program: BundledProgram;
let server: TestServer;
beforeAll(async () => {
  const folder = path.resolve(import.meta.dirname, '../../support/faults');
  program = await bundledProgram('forgetting-child', folder);
  server = await startTestServer({ nowMs: START_MS });
});
afterAll(async () => {
  await program.remove();
  await server.remove();
});

it(
  'an app that is killed at any step of forgetting a service finishes it at its next start, and touches no other',
  { timeout: 600_000 },
  async () => {
    const deaths = await forgetAtEveryStep({ program, server });
    expect(deaths.length).toBeGreaterThan(isDeep() ? 30 : 12);
    // Nothing of it is on the disk before the first commit, and from then on it is wanted.
    const known = deaths.filter(({ then }) => then === 'known').map(({ step }) => step);
    expect(known).toEqual(isDeep() ? ['before a commit'] : []);
  },
);
