import { createServer, type AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rememberPort, rememberedPort } from '../../../scripts/run/remembered-port.mjs';
import { temporaryFolder } from './temporary.js';

async function listen() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

test('a free port is taken again, a busy one is not', async () => {
  const file = join(await temporaryFolder(), 'port.json');
  const server = await listen();
  await rememberPort(file, `http://127.0.0.1:${server.port}`);
  expect(await rememberedPort(file)).toBe(0);
  await server.close();
  expect(await rememberedPort(file)).toBe(server.port);
});

test.each([
  ['nothing', ''],
  ['half a file', '{"port": 40'],
  ['no number', '{"port": "4000"}'],
  ['an impossible port', '{"port": 70000}'],
  ['zero', '{"port": 0}'],
])('%s is remembered: any port will do', async (_name, content) => {
  const file = join(await temporaryFolder(), 'port.json');
  await writeFile(file, content);
  expect(await rememberedPort(file)).toBe(0);
});

test('no file yet: any port will do', async () => {
  expect(await rememberedPort(join(await temporaryFolder(), 'port.json'))).toBe(0);
});
