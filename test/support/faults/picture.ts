import { readFileSync } from 'node:fs';
import type { StartedApp } from './open-profile-rig.js';

/** Everything a person can see or take away of one service, as one text: two that are equal look the same everywhere. */
export async function pictureOf(
  app: StartedApp,
  service: string,
  exportedTo: string,
): Promise<string> {
  const { purposes, bannerShows, askAboutDeviceChoices, announcement, policy, subject } =
    app.view(service);
  const account = app.store.sessions.get(service)?.accountId;
  const subjects = ['', ...(account === undefined ? [] : [account])];
  const exported = await app.handlers['history.export']({
    service,
    purpose: null,
    decision: null,
  });
  return JSON.stringify({
    shown: { purposes, bannerShows, askAboutDeviceChoices, announcement, policy, subject },
    waiting: subjects.map((subject) => app.store.outbox.countWaiting(service, subject)),
    history: subjects.map((subject) => app.store.history.all(service, subject)),
    pages: await pagesOf(app, service),
    exported: exported.ok && exported.value.kind === 'saved' ? fileAt(exportedTo) : exported,
  });
}

async function pagesOf(app: StartedApp, service: string): Promise<unknown[]> {
  const pages: unknown[] = [];
  for (let before: number | null = null; ;) {
    const page = await app.handlers['history.read']({ service, before });
    pages.push(page);
    if (!page.ok || page.value.before === null) return pages;
    before = page.value.before;
  }
}

function fileAt(file: string): string {
  return readFileSync(file, 'utf8');
}
