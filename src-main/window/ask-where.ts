import { BrowserWindow, dialog } from 'electron';

/**
 * Asks where a file goes, by the system's own dialog over the window that the person is looking at.
 * @returns an absolute path, or null when the person thinks better of it.
 */
export async function askWhereToSave(suggestedName: string): Promise<string | null> {
  const owner = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const options = {
    defaultPath: suggestedName,
    filters: [{ name: 'JSON', extensions: ['json'] }],
  };
  const { canceled, filePath } = owner
    ? await dialog.showSaveDialog(owner, options)
    : await dialog.showSaveDialog(options);
  return canceled || filePath === '' ? null : filePath;
}
