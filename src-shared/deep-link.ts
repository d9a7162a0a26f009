import { serviceIdSchema } from './ids.js';
import { isPageName, type PageName } from './pages.js';

/** Where a link leads. It opens a page and does nothing else: it decides nothing, and carries no token. */
export interface LinkTarget {
  readonly service: string;
  readonly page: PageName;
}

/** The only form there is. No query, no fragment, no name, no port, no escapes: nothing that could carry anything further. */
const FORM = /^sayso:\/\/open\/([a-z0-9-]{1,64})\/([a-z]{1,32})$/;

/**
 * Reads `sayso://open/<service>/<page>`. It comes from outside, so whatever is not exactly of this form is no link.
 * @returns null for anything else; whether there is such a service is not looked at.
 */
export function readDeepLink(text: string): LinkTarget | null {
  const [, service = '', page = ''] = FORM.exec(text) ?? [];
  if (!serviceIdSchema.safeParse(service).success || !isPageName(page)) return null;
  return { service, page };
}
