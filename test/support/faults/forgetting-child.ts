import { setImmediate as turn } from 'node:timers/promises';
import { probeTool, profileWithTool } from '../gate/probe-tool.js';
import { deviceMarks } from '../device-marks.js';
import { fileKeychain } from './file-keychain.js';
import { oneConnectionEach } from './one-connection-each.js';
import {
  mustStart,
  pressOn,
  SERVICES,
  type StartedApp,
  type StartParts,
} from './open-profile-rig.js';
import { createSteps, say } from './steps.js';

const PASSWORD = 'correct horse battery staple';

/** What is different on the disk or in the keychain afterwards. */
const DURABLE = /^after (a commit|the log was cut|set|delete)/;

/** Something that only what a tool keeps of a service holds. */
const keptOf = (service: string): string => `kept-by-the-tool-of-${service}`;

/** A host that only what the gate counted for a service holds. */
const hostOf = (service: string): string => `counted-for-${service}.example`;

/** What the app is started with, by the child and by whoever comes after it: real timers, and a tool of each service. */
export function partsOf(folder: string, keychain: string, server: string): StartParts {
  return {
    folder,
    server,
    keychain: fileKeychain(keychain),
    fetch: oneConnectionEach,
    profiles: SERVICES.map((id) => profileWithTool(id)),
    adapters: [probeTool().adapter],
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** Signs in to a service, allows everything, and has each place hold something of it. */
async function use(app: StartedApp, service: string, email: string): Promise<void> {
  const { core, handlers, store } = app;
  const made = await handlers['session.createAccount']({
    service,
    email,
    password: PASSWORD,
    remember: true,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  await pressOn(app, service, 'accept-all');
  while (app.view(service).sync.state !== 'synced') await turn();
  const subject = store.sessions.get(service)?.accountId ?? '';
  store.toolData.put({ service, tool: 'probe', subject }, 'queue', keptOf(service));
  core.gate.pageRequest(service, `https://${hostOf(service)}/`, 'image');
  core.gate.counts(service);
  store.copyServiceTo(service, `${store.file}.set-aside-${service}`);
}

/**
 * Uses both services, forgets `alpha`, and dies at a step of that.
 * @param args the profile's folder, the file of its keychain, the server's origin, the address of the account, the number of the
 *   last step, and `all` where requests and what comes before each step count too.
 */
export async function main([
  folder = '',
  keychain = '',
  server = '',
  email = '',
  dieAt = '',
  which = '',
]: readonly string[]): Promise<void> {
  const steps = createSteps(Number(dieAt), (step) => which === 'all' || DURABLE.test(step));
  const parts = partsOf(folder, keychain, server);
  const app = mustStart({
    ...parts,
    keychain: steps.keychain(parts.keychain),
    fetch: steps.fetch(oneConnectionEach),
    wrapStore: (store) => steps.store(store),
  });
  await app.core.begin();
  for (const service of SERVICES) await use(app, service, email);
  const marksOf = (service: string): string[] => [
    ...deviceMarks(folder, service),
    keptOf(service),
    hostOf(service),
  ];
  say({ marks: Object.fromEntries(SERVICES.map((service) => [service, marksOf(service)])) });
  steps.begin();
  const outcome = await app.handlers['device.forget']({ service: 'alpha' });
  say({ done: outcome.ok, detail: outcome.ok ? null : outcome.error });
  process.exit(0);
}
