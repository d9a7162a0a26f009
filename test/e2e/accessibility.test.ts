import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect } from 'vitest';
import { newPerson, test } from '../support/stage.js';

describe('axe finds nothing', () => {
  test.for(['light', 'dark'] as const)('on any page, in %s', async (colorScheme, { stage }) => {
    const server = await stage.server();
    const { page, pages } = await stage.app({ serverUrl: server.url });
    await page.emulateMedia({ colorScheme });
    const check = async (place: string): Promise<void> => {
      // Without legacy mode axe opens a second page, which Electron's windows do not offer.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${place}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      );
      expect(found).toEqual([]);
    };
    for (const service of ['Integro', 'Katror', 'Certiron']) {
      await pages.openService(service);
      await pages.banner().waitFor();
      await check(`${service}, policy with banner`);
      await pages.open('Privacy');
      await check(`${service}, privacy with banner`);
    }
    await pages.openService('Integro');
    await pages.button('Accept all cookies').click();
    await pages.open('Privacy');
    await check('privacy, all on');
    await pages.open('Me');
    await check('me, signed out');
    await pages.createAccount(newPerson());
    await check('me, signed in');
    await page.getByRole('region', { name: "This device's choices" }).waitFor();
    await check("this device's choices");
  });
});
