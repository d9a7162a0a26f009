/** What somebody does on the provider's pages. */
export interface PersonInBrowser {
  /** Who they are there. */
  readonly name: string;
  /** Whether they say yes in the end. */
  readonly agrees?: boolean;
}

/** More pages than any sign-in has. */
const MOST_PAGES = 20;

/**
 * Signs in on the provider's pages as a browser would: follows redirects, keeps cookies, fills in forms.
 * @param address the page that the app opened.
 * @returns where the provider sends the browser at the end, on the app's own listener; not yet gone to.
 */
export async function wayBack(
  address: string,
  { name, agrees = true }: PersonInBrowser,
): Promise<string> {
  const home = new URL(address).host;
  const cookies = new Map<string, string>();
  let next = address;
  let form: Record<string, string> | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Response = await fetch(next, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [key = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(key, value);
    }
    const text = await answer.text();
    const location = answer.headers.get('location');
    form = null;
    if (location !== null) {
      next = new URL(location, next).href;
      if (new URL(next).host !== home) return next;
    } else if (text.includes('name="prompt" value="login"')) {
      form = { prompt: 'login', login: name, password: 'whatever' };
    } else if (text.includes('name="prompt" value="consent"')) {
      if (agrees) form = { prompt: 'consent' };
      else next = `${next}/abort`;
    } else {
      throw new Error(
        `the provider shows something else (${answer.status}): ${text.slice(0, 400)}`,
      );
    }
  }
  throw new Error('the provider never sends the browser back');
}

/** The whole way, to the page that the app shows at the end. */
export async function signInInBrowser(address: string, person: PersonInBrowser): Promise<Response> {
  return fetch(await wayBack(address, person), { headers: { connection: 'close' } });
}
