import type { Page } from 'playwright';
import first from '../../../src-shared/text/generated/load-first.js';
import later from '../../../src-shared/text/generated/load-later.js';
import type { CallName, EventName, Events } from '../../../src-shared/ipc-contract.js';
import { loadSentences } from '../../../src-shared/text/load.js';
import type { Messages } from '../../../src-shared/text/index.js';
import type { ServiceView } from '../../../src-shared/views.js';
import type { RunningApp } from '../stage.js';

/** Somebody who goes through the window in its language, whichever that is. */
export interface Visitor {
  readonly app: RunningApp;
  readonly page: Page;
  /** What the window says. */
  readonly text: Messages;
  /** Presses a button by its whole name; the first where there are more, the one of a dialog where one is open. */
  press(name: string): Promise<void>;
  /** Goes to a page of the open service, by the rail. */
  go(page: 'policy' | 'privacy' | 'history' | 'device' | 'me'): Promise<void>;
  /** Closes the dialog that is open. */
  closeDialog(): Promise<void>;
  /** What the main process last said of Integro. */
  view(): Promise<ServiceView>;
  /** Shows a state of Integro the way the main process does, as an event. */
  show(part: Partial<ServiceView>): Promise<void>;
  send<Name extends EventName>(name: Name, payload: Events[Name]): Promise<void>;
  /** Has the main process answer a call with this from now on. */
  answer(call: CallName, value: unknown): Promise<void>;
}

export async function createVisitor(app: RunningApp, lang: string): Promise<Visitor> {
  const [firstText, laterText] = await Promise.all([
    loadSentences(first, lang),
    loadSentences(later, lang),
  ]);
  const text: Messages = { ...firstText, ...laterText };
  const { page, electron } = app;

  const send: Visitor['send'] = async (name, payload) => {
    await electron.evaluate(
      ({ BrowserWindow }, { channel, said }) => {
        for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, said);
      },
      { channel: `sayso:${name}`, said: payload },
    );
  };
  const view: Visitor['view'] = async () => {
    const found = await page.evaluate(async () => {
      const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
      const answer = await sayso.call('app.snapshot', {});
      return answer.ok ? answer.value.services.find(({ id }) => id === 'integro') : undefined;
    });
    if (!found) throw new Error('no view of Integro');
    return found;
  };
  const press: Visitor['press'] = async (name) => {
    const open = page.locator('dialog[open]');
    const within = (await open.count()) > 0 ? open.last() : page;
    await within.getByRole('button', { name, exact: true }).first().click();
  };

  return {
    app,
    page,
    text,
    press,
    async go(name) {
      await press(text.rail[name]());
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    async closeDialog() {
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    },
    view,
    async show(part) {
      await send('service.changed', { ...(await view()), ...part });
    },
    send,
    async answer(call, value) {
      await electron.evaluate(
        ({ ipcMain }, { channel, said }) => {
          ipcMain.removeHandler(channel);
          ipcMain.handle(channel, () => ({ ok: true, value: said }));
        },
        { channel: `sayso:${call}`, said: value },
      );
    },
  };
}
