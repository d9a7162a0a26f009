/**
 * What the pages of a look do not show by themselves: the sale control and its two questions, undo, a question before something
 * is deleted. Everything is off before and after.
 *
 * @param {string} look
 * @param {any} sentences of the window's language
 * @param {(name: string, act: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} step
 * @param {(page: any) => Promise<string>} nothingCut
 */
export async function lookActs(look, sentences, step, nothingCut) {
  const { device, privacy, sale, undo } = sentences;
  const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const act = (name, doIt) =>
    step(`${look}-${name}`, async (_pages, page) => {
      await doIt(page);
      return nothingCut(page);
    });
  const closed = async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await act('sale', async (page) => {
    await page.keyboard.press('Control+2');
    const title = page.getByRole('heading', { name: sale.title, exact: true });
    await title.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  });
  await act('sale-first', (page) => press(page, sale.allow));
  await act('sale-second', async (page) => {
    await press(page, sale.goOn);
    await page.getByRole('dialog', { name: sale.secondTitle }).waitFor();
  });
  await act('undo', async (page) => {
    await closed(page);
    await page.getByRole('switch').first().check();
    await press(page, privacy.withdraw);
    await page.getByRole('button', { name: undo.close, exact: true }).waitFor();
  });
  await act('forget', async (page) => {
    await press(page, undo.close);
    await page.keyboard.press('Control+4');
    await press(page, device.forget);
    await page.getByRole('dialog').waitFor();
  });
  await act('forget-closed', closed);
}

/**
 * The note on a device that an account has come to, and the question about the device's own choices. Ends signed out.
 *
 * @param {string} look
 * @param {any} sentences of the window's language
 * @param {(name: string, act: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} step
 * @param {{ email: string, password: string }} person
 */
export async function arrivalIn(look, { me, arrival, deviceChoices }, step, person) {
  const button = (page, name) => page.getByRole('button', { name, exact: true });
  await step(`${look}-arrival`, async (_pages, page) => {
    await page.keyboard.press('Control+5');
    await page.getByLabel(me.email, { exact: true }).fill(person.email);
    await page.getByLabel(me.password, { exact: true }).fill(person.password);
    await button(page, me.signIn).click();
    await button(page, arrival.close).waitFor();
  });
  await step(`${look}-arrival-closed`, async (_pages, page) => {
    const leave = button(page, deviceChoices.leave);
    if (await leave.isVisible()) await leave.click();
    await button(page, arrival.close).click();
    await page.keyboard.press('Control+5');
    await button(page, me.signOut).click();
    await button(page, me.signIn).waitFor();
  });
}
