import { contextBridge, ipcRenderer } from 'electron';
import { CALL_NAMES, channelOf, EVENT_NAMES, type Bridge } from '../src-shared/ipc-contract.js';

/** The only thing the page gets: the calls and events of the contract, by name. `ipcRenderer` itself stays here. */
const bridge: Bridge = {
  call(name, input) {
    if (!CALL_NAMES.includes(name))
      return Promise.resolve({ ok: false, error: { code: 'not-allowed' } });
    return ipcRenderer.invoke(channelOf(name), input) as ReturnType<
      typeof bridge.call<typeof name>
    >;
  },
  on(name, listener) {
    if (!EVENT_NAMES.includes(name)) return () => undefined;
    // The event object would hand `ipcRenderer` to the page, so only the payload passes.
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => {
      listener(payload);
    };
    ipcRenderer.on(channelOf(name), receive);
    return () => {
      ipcRenderer.removeListener(channelOf(name), receive);
    };
  },
};

contextBridge.exposeInMainWorld('sayso', bridge);
