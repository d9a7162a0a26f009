import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundledProgram, type BundledProgram } from '../../../support/client/bundled-child.js';
import { atEveryStep } from '../../../support/faults/death-sweep.js';
import { letRun } from '../../../support/provider/real-time.js';
import { startTestProvider, type TestProvider } from '../../../support/provider/test-provider.js';
import { startTestServer, type TestServer } from '../../server/support/test-server.js';

let program: BundledProgram;
let provider: TestProvider;
let server: TestServer;
beforeAll(async () => {
  const folder = path.resolve(import.meta.dirname, '../../../support/faults');
  program = await bundledProgram('signing-child', folder);
  provider = await startTestProvider();
  const { issuer, clientId } = provider.way;
  server = await startTestServer({ nowMs: Date.now(), parts: { provider: { issuer, clientId } } });
  letRun(server.clock);
});
afterAll(async () => {
  await program.remove();
  await server.remove();
  await provider.stop();
});

it(
  'an app that is killed at any step of signing in by the browser is signed in or signed out at its next start, wholly, and leaves no session behind',
  { timeout: 600_000 },
  async () => {
    const { issuer } = provider;
    const found = await atEveryStep({ program, server, act: 'browser', issuer });
    expect(found.map(({ step }) => step)).toContain('after open the browser');
    expect(found.map(({ step }) => step)).toContain('after POST /token');
    // Before everything was noted it is undone, and from then on it is finished, whatever becomes of the provider's tokens.
    const noted = found.findIndex(({ then }) => then === 'in');
    expect(found[noted]?.step).toBe('after a commit');
    expect(found.slice(noted).every(({ then }) => then === 'in')).toBe(true);
    expect(found.map(({ step }) => step)).toContain('after POST /token/revocation');
  },
);
