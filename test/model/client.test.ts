import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../../src-shared/consent/decision.js';
import { checkAgainst, EMAILS, OPTIONAL } from '../support/client/client-checks.js';
import * as commands from '../support/client/client-commands.js';
import { ClientModel } from '../support/client/client-model.js';
import { clientWorld, type ClientWorld } from '../support/client/client-world.js';
import * as around from '../support/client/world-commands.js';
import { tries } from '../support/client/property.js';

const RUNS = 60;

const choice = fc.constantFrom<Choice>('granted', 'denied');
const choices = fc.dictionary(fc.constantFrom(...OPTIONAL), choice, {
  maxKeys: 2,
  noNullPrototype: true,
});
const said = fc.oneof(
  choices.filter((one) => Object.keys(one).length > 0).map(uniform),
  fc.constant({ '*': 'denied' as const }),
);
const email = fc.constantFrom(...EMAILS);
const screen = fc.constantFrom(
  'this' as const,
  'this' as const,
  'older' as const,
  'unknown' as const,
);
const bare = fc.constantFrom('accept-all', 'necessary-only', 'withdraw', 'acknowledge');

/** Grants and denials are two decisions, so what another device says in one is all of one kind. */
function uniform(given: Readonly<Record<string, Choice>>): Record<string, Choice> {
  const [first] = Object.values(given);
  return Object.fromEntries(Object.keys(given).map((purpose) => [purpose, first ?? 'denied']));
}

const everything = fc.commands(
  [
    fc.tuple(bare, screen).map(([action, on]) => commands.press(action, {}, on)),
    fc.tuple(choices, screen).map(([picked, on]) => commands.press('save', picked, on)),
    fc.tuple(email, fc.boolean()).map(([who, remember]) => commands.signIn(who, remember)),
    fc.constant(commands.signIn(EMAILS[0], true)),
    fc.constant(commands.signOut),
    fc.constant(commands.refuseOfflineAndSignOut),
    fc.boolean().map(commands.answerDeviceChoices),
    fc.constantFrom('quit' as const, 'crash' as const).map(commands.restart),
    fc.constant(commands.sync),
    fc.constantFrom('online', 'offline', 'answer-lost').map(around.network),
    fc.constant(around.network('online')),
    fc.boolean().map(around.policyKnown),
    fc.constantFrom(1, 2, 5, 10, 40, 200).map(around.wait),
    email.map(around.endSessions),
    fc.tuple(email, said, fc.boolean()).map((given) => around.elsewhere(...given)),
  ],
  { maxCommands: 40, size: 'max' },
);

/** With a good network everything comes to its end: nothing waits, and no session is open that nobody holds. */
async function settleAll(model: ClientModel, world: ClientWorld): Promise<void> {
  world.service.network = 'online';
  for (let round = 0; round < 3; round += 1) {
    await world.rig().handlers['sync.now']({ service: 'alpha' });
    await world.quiet();
    model.synced(world.service);
  }
  checkAgainst(model, world);
  if (model.session?.state === 'live') expect(model.waiting).toEqual([]);
  const open = EMAILS.flatMap((one) => world.service.openSessions(world.service.account(one).id));
  expect(open.length, 'sessions left open').toBe(model.session?.state === 'live' ? 1 : 0);
}

describe('the client, whatever a person does with it', () => {
  it(
    'loses nothing, doubles nothing, mixes nobody and holds every refusal',
    { timeout: 600_000 },
    async () => {
      const property = fc.asyncProperty(everything, async (sequence) => {
        const world = await clientWorld();
        const model = new ClientModel();
        try {
          await fc.asyncModelRun(() => ({ model, real: world }), sequence);
          await settleAll(model, world);
        } finally {
          await world.remove();
        }
      });
      // Shrinking a failure may take long; what has been found by then is told.
      const limits = { interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true };
      await fc.assert(property, { ...tries(RUNS), ...limits });
    },
  );
});
