import { startResolver } from '../resolver.js';
import type { RunningApp, Stage } from '../stage.js';
import { copyAppWithHostile } from './app-copy.js';
import { startQuietSite } from './quiet-site.js';

/** The app with the hostile service's page open, on a machine whose only resolver is the test's. */
export interface NamesScene {
  readonly app: RunningApp;
  /** The names under `.test` that anybody has asked the resolver for. */
  readonly heard: () => string[];
}

/** Another resolver for one process needs a mount namespace of its own. */
export const canHearNames = process.platform === 'linux' && process.getuid?.() === 0;

/** Declares `counter.test` for analytics and `adverts.test` for advertising; nobody has been asked yet. */
export async function openNamesScene(stage: Stage): Promise<NamesScene> {
  const resolver = await startResolver(stage.folder('resolver'));
  stage.onEnd(() => resolver.close());
  const site = await startQuietSite();
  stage.onEnd(() => site.close());
  const main = copyAppWithHostile(stage.folder('app'), [
    { id: 'counter', purpose: 'analytics', kind: 'pixel', hosts: ['counter.test'] },
    { id: 'adverts', purpose: 'advertising', kind: 'pixel', hosts: ['adverts.test'] },
  ]);
  const electron = process.env['SAYSO_ELECTRON_PATH'] ?? '';
  process.env['SAYSO_ELECTRON_PATH'] = resolver.wrap(electron);
  const app = await stage
    .app({ serverUrl: site.origin, service: 'hostile', main })
    .finally(() => (process.env['SAYSO_ELECTRON_PATH'] = electron));
  await app.pages.button('Open the service').click();
  await app.page.getByText('Hostile is open in its own window.').waitFor();
  return { app, heard: () => resolver.asked().filter((name) => name.endsWith('.test')) };
}
