import type { PageName } from '../state.svelte.js';

/** What a key does wherever one is in the window. */
export type KeyCommand =
  | { readonly kind: 'page'; readonly page: PageName }
  | { readonly kind: 'service'; readonly place: number }
  | { readonly kind: 'find' | 'sync' | 'help' };

/** The pages in the order of their keys, which is that of the rail. */
export const KEYED_PAGES = ['policy', 'privacy', 'history', 'device', 'me'] as const;

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What a press of keys asks for; null where it is none of ours. Ctrl and, on a Mac, Cmd are the same. */
export function keyCommand({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): KeyCommand | null {
  if (key === 'F1') return { kind: 'help' };
  const isCommand = (ctrlKey || metaKey) && !altKey && !shiftKey;
  const digit = /^[1-9]$/.test(key) ? Number(key) : null;
  if (altKey && !ctrlKey && !metaKey && !shiftKey && digit !== null)
    return { kind: 'service', place: digit - 1 };
  if (!isCommand) return null;
  const page = digit === null ? undefined : KEYED_PAGES[digit - 1];
  if (page) return { kind: 'page', page };
  if (key.toLowerCase() === 'f') return { kind: 'find' };
  return key.toLowerCase() === 'y' ? { kind: 'sync' } : null;
}

/** Whether the person is at a Mac, whose keys are called otherwise. */
export function isMac(platform: string): boolean {
  return platform.startsWith('Mac');
}
