import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { IpcMainInvokeEvent } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnswers, type CallHandlers } from '../../../src-main/ipc/index.js';
import { checkDatabase } from '../../../src-main/store/index.js';
import type { CallName } from '../../../src-shared/ipc-contract.js';
import type { AppView } from '../../../src-shared/views.js';
import { clientWorld, type ClientWorld } from '../../support/client/client-world.js';
import { tries } from '../../support/client/property.js';
import { runsOf } from '../../support/counts.js';
import { textsIn } from '../../support/client/raw-files.js';
import { anyCalls, MARKER, type Asked } from '../../support/ipc/payloads.js';

const RUNS = runsOf('payloads');
/** Calls are tried in rows, so that the store has a history of its own in each. */
const ROW = 50;
const event = {} as IpcMainInvokeEvent;

let world: ClientWorld;
beforeEach(async () => {
  world = await clientWorld();
});
afterEach(() => world.remove());

/** The real handlers, each telling what it was reached with. */
function listening(handlers: CallHandlers, onReached: (name: CallName, input: unknown) => void) {
  const snapshot = (): AppView => ({}) as AppView;
  const told = Object.entries({ ...handlers, 'app.snapshot': snapshot }).map(([name, handler]) => [
    name,
    (input: unknown) => {
      onReached(name as CallName, input);
      return (handler as (given: unknown) => unknown)(input);
    },
  ]);
  return Object.fromEntries(told) as CallHandlers;
}

/** What a call comes to. Forgetting a service waits for its network by a timer, and here a timer runs out when it is told to. */
async function inTime<Value>(call: Promise<Value>): Promise<Value> {
  const state = { isOver: false };
  const over = call.finally(() => (state.isOver = true));
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (state.isOver) return over;
    world.rig().timers.fireAll();
  }
}

describe('whatever a window sends', () => {
  it(
    `never crashes a call, and reaches a handler and the store only checked (${RUNS} payloads)`,
    { timeout: RUNS * 30 },
    async () => {
      const reached: [CallName, unknown][] = [];
      const unexpected: string[] = [];
      const answers = createAnswers({
        isOurs: () => true,
        handlers: listening(world.rig().handlers, (...one) => void reached.push(one)),
        onUnexpected: (name, error) => void unexpected.push(`${name}: ${String(error)}`),
      });
      // A connection of its own sees by this number whether anybody else has written.
      const witness = new Database(world.file, { readonly: true });
      const version = (): unknown => witness.pragma('data_version', { simple: true });
      const ask = async ({ name, payload, fault }: Asked): Promise<void> => {
        reached.length = 0;
        const before = version();
        // What comes over the wire is a copy that knows no class of ours.
        const answer = await inTime(answers(name, event, structuredClone(payload)));
        if (fault === null) {
          expect(answer, name).toMatchObject({ ok: true });
          expect(reached).toEqual([[name, payload]]);
          return;
        }
        expect([answer, reached], `${name} ${fault}`).toEqual([
          { ok: false, error: { code: 'malformed' } },
          [],
        ]);
        expect(version()).toBe(before);
      };
      const property = fc.asyncProperty(
        fc.array(anyCalls, { minLength: ROW, maxLength: ROW }),
        async (row) => {
          for (const asked of row) {
            // What an earlier call set going is not what this one did.
            await world.quiet();
            await ask(asked);
          }
        },
      );
      await fc.assert(property, { ...tries(Math.ceil(RUNS / ROW)), endOnFailure: true });
      expect(unexpected).toEqual([]);
      witness.close();
      expect(textsIn(world.file, [MARKER])).toEqual([]);
      expect(await checkDatabase(world.file)).toEqual({
        findings: {},
        unreadable: null,
        entries: expect.any(Number),
      });
      expect(world.rig().reported).toEqual([]);
    },
  );

  it('would be found in the store by this very search', async () => {
    const { revision } = world.rig().view();
    const choices = { analytics: 'granted' } as const;
    const press = {
      service: 'alpha',
      revision,
      action: 'save',
      surface: 'banner',
      choices,
    } as const;
    expect(await world.rig().handlers['consent.decide'](press)).toMatchObject({ ok: true });
    expect(textsIn(world.file, ['analytics', MARKER])).toEqual(['analytics']);
  });
});
