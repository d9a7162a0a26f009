import type { AppState } from '../state.svelte.js';
import { keyCommand, type KeyCommand } from './keys.js';

/** Nothing is carried out behind an open dialog. */
export interface Commands {
  /** To be told every press of a key in the window. */
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onMenu: (item: 'help' | 'find' | 'sync') => void;
}

/** Carries out what keys and the menu ask for. @param openSync shows the sync of the service on show. */
export function createCommands(app: AppState, openSync: () => void): Commands {
  const act = (command: KeyCommand): void => {
    switch (command.kind) {
      case 'help':
        app.help = 'top';
        return;
      case 'page':
        if (app.service) app.open(app.service.id, command.page);
        return;
      case 'service': {
        const service = app.services[command.place];
        if (service) app.open(service.id);
        return;
      }
      case 'sync':
        if (app.service) openSync();
        return;
      case 'find':
        if (app.service) app.open(app.service.id, 'policy');
        focusSearch();
    }
  };
  const isFree = (): boolean => document.querySelector('dialog[open]') === null;
  return {
    onMenu: (kind) => isFree() && act({ kind }),
    onKey(event) {
      const command = event.defaultPrevented || !isFree() ? null : keyCommand(event);
      if (!command) return;
      event.preventDefault();
      act(command);
    },
  };
}

/** The search stands on the policy, which may only just be coming. */
function focusSearch(): void {
  const field = document.querySelector<HTMLElement>('input[type="search"]');
  if (field) field.focus();
  else
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('input[type="search"]')?.focus(),
    );
}
