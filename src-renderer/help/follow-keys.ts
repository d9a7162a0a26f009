import type { AppState } from '../state.svelte.js';
import { keyCommand, type KeyCommand } from './keys.js';

/** @param openSync shows the sync of the service on show. @returns a listener for key presses anywhere in the window. */
export function keyFollower(app: AppState, openSync: () => void): (event: KeyboardEvent) => void {
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
  return (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const command = keyCommand(event);
    if (!command) return;
    event.preventDefault();
    act(command);
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
