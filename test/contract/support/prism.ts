import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endTool, startTool } from './run-tool.js';

/** `prism proxy --errors` in front of a server. */
export interface Prism {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Starts prism on a free port of loopback. Whatever goes against the document, in a request or in an answer, it answers itself,
 * with a problem of a type that no contract of ours has.
 * @param document OpenAPI as JSON.
 * @throws where it ends before it listens.
 */
export async function startPrism(document: string, upstream: string): Promise<Prism> {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-prism-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, document);
  const args = ['proxy', file, upstream, '--errors', '--host', '127.0.0.1', '--port', '0'];
  const tool = startTool('@stoplight/prism-cli/dist/index.js', [...args, '--multiprocess=false']);
  const listening = new Promise<string>((found) => {
    tool.child.stdout?.on('data', () => {
      const origin = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(tool.said.out)?.[1];
      if (origin !== undefined) found(origin);
    });
  });
  const close = async (): Promise<void> => {
    await endTool(tool);
    await rm(folder, { recursive: true });
  };
  const early = tool.ended.then((code) => {
    throw new Error(`prism ended with ${code}: ${tool.said.out}${tool.said.err}`);
  });
  try {
    return { origin: await Promise.race([listening, early]), close };
  } catch (error) {
    await close();
    throw error;
  }
}
