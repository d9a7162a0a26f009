import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import SqliteDatabase from 'better-sqlite3';
import { app, BrowserWindow, ipcMain } from 'electron';

/**
 * The least that is still an app with a window, for measuring what the platform alone takes: one window of the same size and
 * with the same protection as Sayso's, a call that does nothing, and one that commits given statements.
 */
const valueOf = (name) => app.commandLine.getSwitchValue(name);
app.setPath('userData', valueOf('user-data-dir'));
const page = valueOf('page') || 'page.html';

/** Statements of transactions to be committed one by one, and the file they belong to. */
const recordingFile = valueOf('recording');
let commitNext = () => 0;

async function openRecording() {
  if (!recordingFile) return;
  const { readFile } = await import('node:fs/promises');
  const { database: file, transactions } = JSON.parse(await readFile(recordingFile, 'utf8'));
  const database = new SqliteDatabase(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  const prepared = new Map();
  for (const { sql } of transactions.flat()) {
    if (!prepared.has(sql)) prepared.set(sql, database.prepare(sql));
  }
  const execute = database.transaction((executed) => {
    for (const { sql, parameters } of executed) {
      const statement = prepared.get(sql);
      if (statement.reader) statement.all(...parameters);
      else statement.run(...parameters);
    }
  });
  commitNext = () => {
    const executed = transactions.shift();
    if (!executed) throw new Error('the recording has come to its end');
    const startedMs = performance.now();
    execute.immediate(executed);
    return performance.now() - startedMs;
  };
}

// Not awaited at top level: Electron holds `ready` back until this module has loaded.
void app.whenReady().then(async () => {
  ipcMain.handle('nothing', () => null);
  ipcMain.handle('commit', () => commitNext());
  const window = new BrowserWindow({
    // In the corner, for Sayso's opens in the middle: a window that is wholly covered draws nothing, and never says that it has.
    x: 0,
    y: 0,
    width: 1040,
    height: 720,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  if (page.startsWith('http:')) void window.loadURL(page);
  else void window.loadFile(join(import.meta.dirname, page));
  await openRecording();
});
