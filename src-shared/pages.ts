/** The pages of a service, by the names that links and menus know them by. */
export const PAGE_NAMES = ['policy', 'privacy', 'history', 'device', 'gate', 'me'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** Whether a text names one of them. */
export function isPageName(name: string): name is PageName {
  return PAGE_NAMES.some((known) => known === name);
}
