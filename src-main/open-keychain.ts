import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { KeychainView } from '../src-shared/views.js';
import {
  createHelperLibrary,
  createKeychain,
  createSecretServiceProbe,
  type HelperProcess,
  type Keychain,
  type KeychainLibrary,
} from './secrets/index.js';

interface Parts {
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly onReading: (state: KeychainView) => void;
}

/** The keychain of this system. Only on Linux can it be looked at from outside, and only there can it be started again under us. */
export function openKeychain(parts: Parts): Keychain {
  if (process.platform !== 'linux') return createKeychain({ ...parts, load: loadKeytar });
  const startAfresh = createHelperLibrary(startHelper);
  return createKeychain({
    ...parts,
    load: loadKeytar,
    probe: createSecretServiceProbe(process.env, process.getuid?.() ?? 0),
    reload: () => Promise.resolve(startAfresh()),
  });
}

/** Loaded late, because it throws where the system has no keychain library, and a window must open all the same. */
async function loadKeytar(): Promise<KeychainLibrary> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

function startHelper(): HelperProcess {
  const script = fileURLToPath(new URL('keychain-helper.js', import.meta.url));
  const helper = utilityProcess.fork(script, [], { serviceName: 'Sayso keychain' });
  return {
    postMessage: (message) => {
      helper.postMessage(message);
    },
    onMessage: (listener) => void helper.on('message', listener),
    onExit: (listener) => void helper.on('exit', listener),
    kill: () => void helper.kill(),
  };
}
