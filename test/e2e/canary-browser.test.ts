import { expect } from 'vitest';
import { rounds } from '../support/counts.js';
import { inMainHeap, inRendererHeaps } from '../support/heaps.js';
import { startAppWithBrowser } from '../support/provider/app-with-browser.js';
import { signInInBrowser } from '../support/provider/person-in-browser.js';
import { filesHolding, keychainEntries, profileIdOf, test } from '../support/stage.js';

const ROUNDS = rounds('browserCanaries');

test(
  'what signing in by the browser brings (token, address, code, provider tokens) is in no file, and after signing out in no heap',
  { timeout: 120_000 + ROUNDS * 60_000 },
  async ({ stage }) => {
    const { app, provider, opened } = await startAppWithBrowser(stage);
    const { pages } = app;
    const profileId = profileIdOf(stage.profileFolder);
    const heaps = stage.folder('heaps');
    /** By what they are; what is found is said by its name, never by itself. */
    const canaries: Record<string, string> = {};
    const holding = (): string[] =>
      Object.entries(canaries).flatMap(([name, text]) =>
        filesHolding(stage.profileFolder, text).map((file) => `${name} in ${file}`),
      );

    await pages.open('Me');
    for (let round = 1; round <= ROUNDS; round += 1) {
      await app.page.getByLabel('Keep me signed in on this device').check();
      await pages.button('Sign in with your browser').click();
      const address = await opened(round);
      await signInInBrowser(address, { name: `canary-${round}` });
      await pages.signedIn();
      await pages.status('Synced');
      const asked = new URL(address).searchParams;
      canaries[`address ${round}`] = `canary-${round}@people.example`;
      canaries[`state ${round}`] = asked.get('state') ?? '';
      canaries[`challenge ${round}`] = asked.get('code_challenge') ?? '';
      for (const [index, given] of provider.given().entries())
        canaries[`provider's ${index}`] = given;
      const [token = ''] = keychainEntries(profileId).tokens;
      canaries[`token ${round}`] = token;
      expect(Object.values(canaries).filter((text) => text.length < 16)).toEqual([]);
      expect(provider.given().length).toBe(3 * round);
      expect(holding()).toEqual([]);

      await pages.signOut();
      await pages.button('Sign in with your browser').waitFor();
      expect(keychainEntries(profileId).accounts).toEqual([]);
      expect(holding()).toEqual([]);
    }

    expect(await inRendererHeaps(app, heaps, canaries)).toEqual({});
    expect(await inMainHeap(app, heaps, canaries)).toEqual({});
    await app.close();
    for (const text of Object.values(canaries)) expect(app.output()).not.toContain(text);
    expect(holding()).toEqual([]);
  },
);
