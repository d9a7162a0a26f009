import path from 'node:path';
import { BrowserWindow, dialog, type FileFilter } from 'electron';

/**
 * Asks where a file goes, by the system's own dialog over the window that the person is looking at.
 * @returns an absolute path, or null when the person thinks better of it.
 */
export async function askWhereToSave(suggestedName: string): Promise<string | null> {
  const owner = ownerWindow();
  const options = {
    defaultPath: suggestedName,
    filters: [filterOf(suggestedName)],
  };
  const { canceled, filePath } = owner
    ? await dialog.showSaveDialog(owner, options)
    : await dialog.showSaveDialog(options);
  return canceled || filePath === '' ? null : filePath;
}

/**
 * Asks which file to read.
 * @returns an absolute path, or null when the person thinks better of it.
 */
export async function askWhatToOpen(): Promise<string | null> {
  const owner = ownerWindow();
  const options = {
    properties: ['openFile' as const],
    filters: [{ name: 'JSON', extensions: ['json'] }],
  };
  const { canceled, filePaths } = owner
    ? await dialog.showOpenDialog(owner, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}

function ownerWindow() {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
}

/** By the ending of the name that is suggested. */
function filterOf(suggestedName: string): FileFilter {
  const extension = path.extname(suggestedName).slice(1);
  return { name: extension.toUpperCase(), extensions: [extension] };
}
