import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Events } from '../../src-shared/ipc-contract.js';
import type { FirstMessages, NativeMessages } from '../../src-shared/text/index.js';

type Page = Events['app.navigate']['page'];

interface Parts {
  readonly isMac: boolean;
  /** What the menu says, in the language of the window. */
  readonly text: NativeMessages['native'];
  /** What the pages are called in the window. */
  readonly rail: FirstMessages['rail'];
  /** The person chooses to quit. The system's own role for it would not tell a person from a program. */
  readonly onQuit: () => void;
  readonly onPage: (page: Page) => void;
  readonly onPress: (item: Events['menu.pressed']['item']) => void;
}

type Items = MenuItemConstructorOptions[];

/** The menu with what people expect of any app. Every entry has a label of ours: the system's own are in its language, or English. */
export function installMenu(parts: Parts): void {
  const { isMac, text, onPress } = parts;
  const help = shown(text.help(), 'F1', () => onPress('help'));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      isMac
        ? { label: 'Sayso', submenu: macItems(parts) }
        : { label: text.file(), submenu: [quitItem(parts)] },
      { label: text.edit(), submenu: editItems(text) },
      { label: text.view(), submenu: viewItems(text) },
      { label: text.go(), submenu: goItems(parts) },
      {
        label: text.window(),
        submenu: [
          { role: 'minimize', label: text.minimize() },
          { role: 'close', label: text.close() },
        ],
      },
      {
        label: text.help(),
        submenu: [help, { label: text.about(), click: () => onPress('help') }],
      },
    ]),
  );
}

/** An entry whose key the page itself listens to: the menu only shows it, where the system lets it. */
function shown(label: string, accelerator: string, click: () => void): MenuItemConstructorOptions {
  return { label, accelerator, registerAccelerator: false, click };
}

function quitItem({ text, onQuit }: Parts): MenuItemConstructorOptions {
  return { label: text.quit(), accelerator: 'CommandOrControl+Q', click: onQuit };
}

function macItems(parts: Parts): Items {
  const { text, onPress } = parts;
  return [
    { label: text.about(), click: () => onPress('help') },
    { type: 'separator' },
    { role: 'services', label: text.services() },
    { type: 'separator' },
    { role: 'hide', label: text.hide() },
    { role: 'hideOthers', label: text.hideOthers() },
    { role: 'unhide', label: text.showAll() },
    { type: 'separator' },
    quitItem(parts),
  ];
}

function editItems(text: NativeMessages['native']): Items {
  return [
    { role: 'undo', label: text.undo() },
    { role: 'redo', label: text.redo() },
    { type: 'separator' },
    { role: 'cut', label: text.cut() },
    { role: 'copy', label: text.copy() },
    { role: 'paste', label: text.paste() },
    { role: 'selectAll', label: text.selectAll() },
  ];
}

function viewItems(text: NativeMessages['native']): Items {
  return [
    { role: 'resetZoom', label: text.usualSize() },
    { role: 'zoomIn', label: text.larger() },
    { role: 'zoomOut', label: text.smaller() },
    { type: 'separator' },
    { role: 'togglefullscreen', label: text.fullScreen() },
  ];
}

function goItems({ text, rail, onPage, onPress }: Parts): Items {
  const pages = ['policy', 'privacy', 'history', 'device', 'me'] as const;
  return [
    ...pages.map((page, place) =>
      shown(rail[page](), `CommandOrControl+${String(place + 1)}`, () => onPage(page)),
    ),
    { type: 'separator' },
    shown(text.find(), 'CommandOrControl+F', () => onPress('find')),
    shown(text.sync(), 'CommandOrControl+Y', () => onPress('sync')),
  ];
}
