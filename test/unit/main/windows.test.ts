import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { PAGE_ADDRESS } from '../../../src-main/window/page-scheme.js';
import { createWindows } from '../../../src-main/window/windows.js';

// Outside Electron's own process there is nothing behind this name, and none of what is tested here needs it.
vi.mock('electron', () => ({ protocol: {} }));

/** A window as far as messages go. */
function window() {
  const sent: unknown[][] = [];
  const listeners = new Map<string, (event?: unknown) => void>();
  const state = { destroyed: false, visible: true, minimized: false };
  const page = { address: PAGE_ADDRESS, crashed: false, loading: false };
  const navigations = new Map<string, () => void>();
  const webContents = {
    on: (event: string, listener: () => void) => void navigations.set(event, listener),
    send: (...message: unknown[]) => void sent.push(message),
    isDestroyed: () => state.destroyed,
    isCrashed: () => page.crashed,
    isLoadingMainFrame: () => page.loading,
    getURL: () => page.address,
  };
  const browserWindow = {
    webContents,
    isDestroyed: () => state.destroyed,
    isVisible: () => state.visible,
    isMinimized: () => state.minimized,
    on: (event: string, listener: (event?: unknown) => void) => void listeners.set(event, listener),
  } as unknown as BrowserWindow;
  /** @param numbers of the frame and of its process, by which it is known once it was looked at. */
  const from = (
    frame: { url: string; parent: unknown } | null,
    numbers = { processId: 4, frameId: 1 },
  ) => ({ sender: webContents, senderFrame: frame, ...numbers }) as unknown as IpcMainInvokeEvent;
  /** Closes it as a person does; whether it then stays open. */
  const close = (): boolean => {
    const preventDefault = vi.fn();
    listeners.get('close')?.({ preventDefault });
    return preventDefault.mock.calls.length > 0;
  };
  return { browserWindow, sent, listeners, navigations, state, page, from, close };
}

const top = { url: PAGE_ADDRESS, parent: null };

describe('whose messages are listened to', () => {
  it('are those of the top frame of a window of ours that shows our page', () => {
    const ours = window();
    const windows = createWindows(() => undefined);
    windows.add(ours.browserWindow);
    expect(windows.isOurs(ours.from(top))).toBe(true);
  });

  it.each([
    ['a frame within the page', { url: PAGE_ADDRESS, parent: top }],
    ['another page', { url: 'https://example.org/', parent: null }],
    [
      'a page with our name in its address',
      { url: `https://example.org/${PAGE_ADDRESS}`, parent: null },
    ],
    [
      'a page of another host of our scheme',
      { url: PAGE_ADDRESS.replace('//window', '//other'), parent: null },
    ],
    ['an empty page', { url: 'about:blank', parent: null }],
    ['no address at all', { url: '', parent: null }],
    ['a frame that is gone', null],
  ])('are not those of %s', (_, frame) => {
    const ours = window();
    const windows = createWindows(() => undefined);
    windows.add(ours.browserWindow);
    expect(windows.isOurs(ours.from(frame))).toBe(false);
  });

  it('are not those of an unknown window, nor of one that was closed', () => {
    const [ours, stranger] = [window(), window()];
    const windows = createWindows(() => undefined);
    windows.add(ours.browserWindow);
    expect(windows.isOurs(stranger.from(top))).toBe(false);
    ours.listeners.get('closed')?.();
    expect(windows.isOurs(ours.from(top))).toBe(false);
  });
});

describe('a frame that was looked at', () => {
  const another = { url: 'https://example.org/', parent: null };
  const within = { url: PAGE_ADDRESS, parent: top };
  function looked() {
    const ours = window();
    const windows = createWindows(() => undefined);
    windows.add(ours.browserWindow);
    expect(windows.isOurs(ours.from(top))).toBe(true);
    return { ours, windows };
  }

  it('need not be looked at again', () => {
    const { ours, windows } = looked();
    const unseen = ours.from(top);
    Object.defineProperty(unseen, 'senderFrame', {
      get: () => {
        throw new Error('was looked at again');
      },
    });
    expect(windows.isOurs(unseen)).toBe(true);
  });

  it.each([
    ['of the same process', { processId: 4, frameId: 2 }],
    ['of another process', { processId: 5, frameId: 1 }],
  ])('speaks for no other frame %s', (_, numbers) => {
    const { ours, windows } = looked();
    for (const frame of [another, within, null])
      expect(windows.isOurs(ours.from(frame, numbers))).toBe(false);
    // Nor does the stranger take its place.
    expect(windows.isOurs(ours.from(top))).toBe(true);
  });

  it('speaks for no frame of another window with the same numbers', () => {
    const { windows } = looked();
    const other = window();
    windows.add(other.browserWindow);
    expect(windows.isOurs(other.from(another))).toBe(false);
  });

  it.each([
    'did-start-navigation',
    'did-frame-navigate',
    'did-navigate-in-page',
    'render-process-gone',
  ])('is looked at anew after %s', (event) => {
    const { ours, windows } = looked();
    ours.navigations.get(event)?.();
    expect(windows.isOurs(ours.from(another))).toBe(false);
    expect(windows.isOurs(ours.from(top))).toBe(true);
  });
});

describe('what windows are told', () => {
  it('reaches every one that is there, on the channel of its event', () => {
    const [one, other, gone] = [window(), window(), window()];
    const windows = createWindows(() => undefined);
    for (const { browserWindow } of [one, other, gone]) windows.add(browserWindow);
    gone.state.destroyed = true;
    windows.send('keychain.changed', 'available');
    expect(one.sent).toEqual([['sayso:keychain.changed', 'available']]);
    expect(other.sent).toEqual(one.sent);
    expect(gone.sent).toEqual([]);
  });

  it('is in front only while one is to be seen', () => {
    const [one, other] = [window(), window()];
    const windows = createWindows(() => undefined);
    expect(windows.isInFront()).toBe(false);
    for (const { browserWindow } of [one, other]) windows.add(browserWindow);
    one.state.minimized = true;
    expect(windows.isInFront()).toBe(true);
    other.state.visible = false;
    expect(windows.isInFront()).toBe(false);
  });
});

describe('closing', () => {
  it('asks about the last window alone', () => {
    const [one, other] = [window(), window()];
    const mayCloseLast = vi.fn(() => false);
    const windows = createWindows(() => undefined, mayCloseLast);
    for (const { browserWindow } of [one, other]) windows.add(browserWindow);
    expect(one.close()).toBe(false);
    expect(mayCloseLast).not.toHaveBeenCalled();
    one.listeners.get('closed')?.();
    expect(other.close()).toBe(true);
    mayCloseLast.mockReturnValue(true);
    expect(other.close()).toBe(false);
  });

  it.each([
    ['shows our page', {}, true],
    ['has crashed', { crashed: true }, false],
    ['is still loading', { loading: true }, false],
    ['shows nothing yet', { address: '' }, false],
  ])('can be asked about by a window that %s: %j', (_, page, isUsable) => {
    const one = window();
    const windows = createWindows(() => undefined);
    expect(windows.isUsable()).toBe(false);
    windows.add(one.browserWindow);
    Object.assign(one.page, page);
    expect(windows.isUsable()).toBe(isUsable);
  });
});
