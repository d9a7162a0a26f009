import { expect } from 'vitest';
import { gatherEverywhere } from '../../support/hostile/frames.js';
import { canHearNames, openNamesScene } from '../../support/hostile/names-scene.js';
import { inSite } from '../../support/site-window.js';
import { test } from '../../support/stage.js';

test.runIf(canHearNames)(
  'no resolver hears the name of a TURN server, whichever window or worker of a page asks for it',
  async ({ stage }) => {
    const { app, heard } = await openNamesScene(stage);
    const found = await inSite(app, gatherEverywhere('stranger.test'));
    // Chromium lets a page use these before any script of ours has run in them: without one the rest would say nothing.
    expect(found).toEqual(expect.arrayContaining(['blank', 'nested', 'script', 'srcdoc-before']));
    expect(heard()).toEqual([]);
  },
);
