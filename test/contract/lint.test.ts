import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../integration/server/support/client.js';
import { startTestServer, type TestServer } from '../integration/server/support/test-server.js';
import { startTool } from './support/run-tool.js';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'sayso-lint-'));
});
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true });
});

const foundSchema = z.object({
  problems: z.array(z.object({ ruleId: z.string(), message: z.string() })),
});

/** What `redocly lint` has to say about a document, warnings too. */
async function lint(document: string): Promise<string[]> {
  const file = join(folder, 'openapi.json');
  await writeFile(file, document);
  const config = resolve('test', 'contract', 'redocly.yaml');
  const args = ['lint', file, '--config', config, '--format', 'json'];
  const { said, ended } = startTool('@redocly/cli/bin/cli.js', args);
  const code = await ended;
  if (!said.out.startsWith('{')) throw new Error(`it ended with ${code}: ${said.out}${said.err}`);
  const { problems } = foundSchema.parse(JSON.parse(said.out));
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

describe('redocly lint', () => {
  it.each(['/alpha/openapi.json', '/openapi.json'])('finds nothing in %s', async (path) => {
    const { text } = await call(server.origin + path);
    expect(await lint(text)).toEqual([]);
  });

  it('finds what is wrong in a document that is broken', async () => {
    const { text } = await call(`${server.origin}/alpha/openapi.json`);
    const found = await lint(text.replaceAll('"operationId":', '"operationName":'));
    expect(found.join()).toContain('operationName');
  });
});
