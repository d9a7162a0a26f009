/** @typedef {import('playwright').Page} Page */

/** @typedef {'Policy' | 'Privacy' | 'History' | 'On this device' | 'Me'} PageName */

/**
 * @typedef {object} Pages what a person does in the window, by the names a screen reader reads out
 * @property {(name: string) => Promise<void>} openService
 * @property {(name: PageName) => Promise<void>} open
 * @property {() => import('playwright').Locator} banner
 * @property {(name: string) => import('playwright').Locator} button
 * @property {(name: string) => import('playwright').Locator} toggle the switch of a purpose
 * @property {() => Promise<Record<string, boolean>>} switches every switch of the page by name
 * @property {(account: { email: string, password: string, remember?: boolean }) => Promise<void>} fillSignIn
 * @property {(account: { email: string, password: string, remember?: boolean }) => Promise<void>} createAccount
 * @property {(account: { email: string, password: string, remember?: boolean }) => Promise<void>} signIn
 * @property {() => Promise<void>} signedIn waits until the account is shown
 * @property {() => Promise<void>} signOut
 * @property {(text: string) => Promise<void>} status waits for the status line to say it
 * @property {() => Promise<{ state: string, waiting: number, text: string }>} statusNow
 */

/**
 * @param {Page} page
 * @returns {Pages}
 */
export function createPages(page) {
  const button = (name) => page.getByRole('button', { name, exact: true });
  const statusLine = page.getByRole('status');
  const open = async (name) => {
    await button(name).click();
    const wanted = page.getByRole('heading', { level: 1 });
    if (name !== 'Policy') await wanted.filter({ hasText: new RegExp(`^${name}$`) }).waitFor();
  };
  const fillSignIn = async ({ email, password, remember = false }) => {
    await open('Me');
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Keep me signed in on this device').setChecked(remember);
  };
  const signedIn = () => button('Sign out').waitFor();
  return {
    openService: (name) =>
      page
        .getByRole('navigation', { name: 'Services' })
        .getByRole('button', { name, exact: true })
        .click(),
    open,
    banner: () => page.getByRole('region', { name: 'Cookie choices' }),
    button,
    toggle: (name) => page.getByRole('switch', { name, exact: true }),
    async switches() {
      const found = await page.getByRole('switch').all();
      const named = found.map(async (one) => [
        await one.evaluate((input) => {
          const label = input.ownerDocument.getElementById(
            input.getAttribute('aria-labelledby') ?? '',
          );
          return label?.textContent?.trim() ?? '';
        }),
        await one.isChecked(),
      ]);
      return Object.fromEntries(await Promise.all(named));
    },
    fillSignIn,
    async createAccount(account) {
      await fillSignIn(account);
      await button('Create account').click();
      await signedIn();
    },
    async signIn(account) {
      await fillSignIn(account);
      await button('Sign in').click();
      await signedIn();
    },
    signedIn,
    async signOut() {
      await open('Me');
      await button('Sign out').click();
    },
    status: (text) => statusLine.filter({ hasText: text }).waitFor(),
    statusNow: () =>
      statusLine.evaluate((element) => ({
        state: element.dataset.state,
        waiting: Number(element.dataset.waiting),
        text: element.textContent.trim(),
      })),
  };
}
