import { test as base } from 'vitest';
import type { ToolAdapter } from '../../../src-main/gate/index.js';
import { START_MS } from '../client/sample-decision.js';
import { openRig, type Rig } from '../client/core-rig.js';
import { memoryKeychain, type MemoryKeychain } from '../client/memory-keychain.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import {
  probeTool,
  profileWithTool,
  recordedWay,
  type Probe,
  type RecordedWay,
} from './probe-tool.js';

/** A device without a network whose one service has one tool. */
export interface GateDevice {
  rig: Rig;
  readonly clock: { nowMs: number; sinceBootMs: number };
  readonly keychain: MemoryKeychain;
  readonly probe: Probe;
  readonly way: RecordedWay;
  readonly folder: string;
  /** Opens the client again on the same profile, up to the moment before the keychain is asked. */
  start(): Rig;
  press(action: 'accept-all' | 'necessary-only' | 'withdraw'): Promise<boolean>;
  save(choices: Record<string, 'granted' | 'denied'>): Promise<boolean>;
  /** Lets what comes right after a press happen. */
  turn(): Promise<void>;
  /** Why the tool is closed; null while it is open. */
  closedBy(): string | null;
}

/** The test function: the client has begun, and nothing was decided yet. */
export const test = base.extend<{
  adapter: ToolAdapter | null;
  purpose: string;
  device: GateDevice;
}>({
  /** Another tool in the place of the probe. */
  adapter: null,
  /** What the tool is for. */
  purpose: 'analytics',
  device: async ({ adapter, purpose }, use) => {
    const { folder, remove } = temporaryFolder('gate');
    const clock = { nowMs: START_MS, sinceBootMs: 1_000_000 };
    const keychain = memoryKeychain();
    const [probe, way] = [probeTool(), recordedWay()];
    const start = (): Rig => {
      device.rig = openRig({
        folder,
        fetch: () => Promise.reject(new TypeError('no network')),
        server: 'http://127.0.0.1:9',
        keychain,
        clock,
        profiles: [profileWithTool('alpha', purpose), profileWithTool('beta', purpose)],
        adapters: [adapter ?? probe.adapter],
        toolFetch: way.fetch,
      });
      return device.rig;
    };
    const decide = async (action: string, choices: Record<string, string>): Promise<boolean> => {
      const { revision } = device.rig.view();
      const input = { service: 'alpha', revision, action, surface: 'settings', choices };
      const outcome = await device.rig.handlers['consent.decide'](input as never);
      return outcome.ok;
    };
    const device = {
      clock,
      keychain,
      probe,
      way,
      folder,
      start,
      press: (action) => decide(action, {}),
      save: (choices) => decide('save', choices),
      turn: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
      closedBy() {
        const [found] = device.rig.core.gate.tools('alpha');
        if (!found) throw new Error('the fixture has no tool');
        return found.ruling.isOpen ? null : found.ruling.reason;
      },
    } as GateDevice;
    start();
    await device.rig.core.begin();
    await use(device);
    if (device.rig.isOpen()) await device.rig.stop();
    remove();
  },
});
