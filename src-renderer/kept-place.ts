import { isPageName, type PageName } from '../src-shared/pages.js';
import type { Place } from './state.svelte.js';

/**
 * Notes the place in the page's own address. After a sign-out the page is loaded anew, so that nothing of the account stays in its
 * memory, and the person is then where they were.
 */
export function keepPlace(place: Place): void {
  if (place.kind === 'service') history.replaceState(null, '', `#${place.id}/${place.page}`);
}

/** The place of before. @param hash of the page's address. */
export function keptPlace(hash: string): { service: string; page: PageName } | null {
  const [service = '', page = ''] = hash.slice(1).split('/');
  return isPageName(page) ? { service, page } : null;
}
