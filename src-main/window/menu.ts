import { Menu, type MenuItemConstructorOptions } from 'electron';

interface Parts {
  readonly isMac: boolean;
  /** What the menu's own entry for quitting is called. */
  readonly quitLabel: string;
  /** The person chooses to quit. The system's own role for it would not tell a person from a program. */
  readonly onQuit: () => void;
}

/** The menu with what people expect of any app: undo, copy, paste, zoom, close. */
export function installMenu({ isMac, quitLabel, onQuit }: Parts): void {
  const quit: MenuItemConstructorOptions = {
    label: quitLabel,
    accelerator: 'CommandOrControl+Q',
    click: onQuit,
  };
  const first: MenuItemConstructorOptions = isMac
    ? {
        role: 'appMenu',
        submenu: [
          { role: 'about' },
          { type: 'separator' },
          { role: 'services' },
          { type: 'separator' },
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          { type: 'separator' },
          quit,
        ],
      }
    : { role: 'fileMenu', submenu: [quit] };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      first,
      { role: 'editMenu' },
      {
        role: 'viewMenu',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}
