import { expect } from 'vitest';
import { test } from '../support/stage.js';

const NOTHING_ON = 'All of this is off until you say yes.';

test('the banner names what is on already, and says that all is off only where it is', async ({
  stage,
}) => {
  const { pages } = await stage.offlineApp();
  const asks = () => pages.banner().innerText();
  await expect.poll(asks).toContain(NOTHING_ON);
  await pages.open('Privacy');
  await pages.toggle('Functional').click();
  await expect.poll(asks).toContain('Already on: Functional. The rest is off');
  await pages.toggle('Analytics').click();
  await expect.poll(asks).toContain('Already on: Functional · Analytics. The rest is off');
  expect(await asks()).not.toContain(NOTHING_ON);
});
