import { tick } from 'svelte';
import type { AppState } from '../state.svelte.js';

/**
 * Goes to where a purpose is decided on and puts the focus on its switch; to the page's heading where it has none.
 * @param openSync comes about once what was refused can be shown, which stands on that page too.
 */
export async function chooseAgain(
  app: AppState,
  openSync: () => Promise<unknown>,
  service: string,
  purpose: string,
): Promise<void> {
  app.open(service, 'privacy');
  // The page gives the focus to its heading first, and its list of what was refused moves the switches down.
  await tick();
  await openSync();
  await tick();
  const rows = [...document.querySelectorAll<HTMLElement>('[data-purpose]')];
  const row = rows.find(({ dataset }) => dataset['purpose'] === purpose);
  row?.querySelector('input')?.focus();
  row?.scrollIntoView({ block: 'center' });
}
