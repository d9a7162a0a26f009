import { expect } from 'vitest';
import { test } from '../../support/stage.js';

const ORDER = ['Functional', 'Analytics', 'Advertising'];

test('rule 13: purposes have the same names and the same order everywhere, and a switch says in words what it means', async ({
  stage,
}) => {
  const { page, pages } = await stage.offlineApp();
  const inOrder = (texts: readonly string[]): string[] =>
    texts.map((text) => text.trim()).filter((text) => ORDER.includes(text));
  const banner = pages.banner();
  await banner.waitFor();
  expect(inOrder(await banner.getByRole('heading', { level: 3 }).allTextContents())).toEqual(ORDER);
  const card = page.getByRole('region', { name: 'At a glance' });
  expect(inOrder(await card.locator('dd').nth(1).locator('strong').allTextContents())).toEqual(
    ORDER,
  );
  const answers = banner.getByRole('button', { name: /^Accept/ });
  const asked = await answers.allTextContents();
  await pages.button('Accept necessary only').click();

  await pages.open('Privacy');
  expect(Object.keys(await pages.switches())).toEqual(ORDER);
  for (const name of ORDER) {
    // Beside its name each says what it does and, in words, how it stands.
    const described = await pages.toggle(name).evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => input.ownerDocument.getElementById(id)?.textContent.trim() ?? '')
        .filter(Boolean),
    );
    expect(described).toHaveLength(2);
    expect(described[1]).toMatch(/^Off\. You refused on /);
  }
  await pages.button('Show the question again').click();
  expect(await answers.allTextContents()).toEqual(asked);
  await pages.button('Close without answering').click();

  await pages.open('History');
  await page.locator('summary', { hasText: 'Filter' }).click();
  const about = page.getByRole('combobox', { name: 'About' }).locator('option');
  expect(inOrder(await about.allTextContents())).toEqual(ORDER);
});
