import path from 'node:path';
import { readProfiles } from '../../src-main/policy/index.js';
import { openRig, type Rig } from '../support/client/core-rig.js';
import { memoryKeychain } from '../support/client/memory-keychain.js';
import { START_MS } from '../support/client/sample-decision.js';

/** The service that every measurement in this process is about, and the purposes a person decides on there. */
export const SERVICE = 'integro';
export const PURPOSES = ['functional', 'analytics', 'advertising'] as const;

/**
 * The whole client without a window on a file of its own, without any network, with the services that ship.
 * @param folder of the profile; made where it is missing.
 */
export async function openClient(folder: string): Promise<Rig> {
  const { profiles, problems } = await readProfiles(path.resolve('resources', 'services'), '1.0.0');
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return openRig({
    folder,
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain: memoryKeychain(),
    clock: { nowMs: START_MS },
    profiles,
  });
}

/** What a person presses: the buttons for and against everything, or one switch on and off. */
export type Pressed = 'everything' | 'one switch';

/** One press after another, by turns for and against, each answering the screen as it stands. */
export function createPresser(
  rig: Rig,
  pressed: Pressed = 'everything',
): { readonly prepare: () => () => void } {
  let presses = 0;
  return {
    /** Reads the screen first: a person has it before them already when they press. */
    prepare() {
      const { revision } = rig.view(SERVICE);
      const said = saidBy(pressed, presses % 2 === 0);
      presses += 1;
      return () => {
        const input = { service: SERVICE, revision, surface: 'settings', ...said } as const;
        const answer = rig.handlers['consent.decide'](input);
        if (answer instanceof Promise) throw new Error('a decision is kept before it is answered');
        if (!answer.ok) throw new Error(`not kept: ${JSON.stringify(answer.error)}`);
      };
    },
  };
}

function saidBy(pressed: Pressed, allows: boolean) {
  if (pressed === 'everything')
    return { action: allows ? 'accept-all' : 'necessary-only', choices: {} } as const;
  const choices = { [PURPOSES[0]]: allows ? ('granted' as const) : ('denied' as const) };
  return { action: 'save', choices } as const;
}
