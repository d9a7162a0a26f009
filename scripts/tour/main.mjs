import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchApp, portOf, startServer } from '../drive/index.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { mainJob } from './main-job.mjs';
import { createRecorder } from './recorder.mjs';

/** Nobody listens on the discard port of this machine: every connection is refused at once. */
const NOBODY = 'http://127.0.0.1:9';

const { values } = parseArgs({
  options: { out: { type: 'string', default: join('out', 'tour') } },
});
const folder = resolve(rootFolder(), values.out);
const recorder = await createRecorder(folder);
const profileFolder = await mkdtemp(join(tmpdir(), 'sayso-tour-profile-'));
const dataFolder = await mkdtemp(join(tmpdir(), 'sayso-tour-server-'));

/** What is running at the moment; at most one app and one server. */
const stage = {
  /** @type {import('../drive/launch.mjs').RunningApp | null} */
  app: null,
  /** @type {import('../drive/server.mjs').RunningServer | null} */
  server: null,
  profileFolder,
  port: 0,
  page: () => stage.app?.page ?? null,
  /** Starts the app on the tour's profile; the server's address stays the same, whether it runs or not. */
  async open() {
    const serverUrl = stage.port === 0 ? NOBODY : `http://127.0.0.1:${stage.port}`;
    stage.app = await launchApp({ profileFolder, serverUrl });
    return stage.app;
  },
  async serve() {
    stage.server = await startServer(dataFolder, stage.port);
    stage.port = portOf(stage.server.url);
    return stage.server;
  },
  async unserve() {
    await stage.server?.stop();
    stage.server = null;
  },
};

try {
  await mainJob(recorder, stage);
} finally {
  await stage.app?.kill().catch(() => undefined);
  await stage.unserve();
  for (const used of [profileFolder, dataFolder]) {
    await rm(used, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
const ok = await recorder.finish();
console.log(`${ok ? 'The tour is complete' : 'The tour found something wrong'}: ${folder}`);
process.exitCode = ok ? 0 : 1;
