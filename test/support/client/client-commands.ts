import { expect } from 'vitest';
import { decisionSchema, type Choice } from '../../../src-shared/consent/decision.js';
import { OPTIONAL, type EMAILS } from './client-checks.js';
import type { ClientModel } from './client-model.js';
import type { ClientWorld } from './client-world.js';
import { PASSWORD } from './fake-service.js';
import { command, type Command } from './model-command.js';
import { contentOf } from './rows.js';

/** The decisions the client has written since `before`, which it must have numbered without a gap or a repeat. */
function newDecisions(model: ClientModel, world: ClientWorld, before: ReadonlySet<string>) {
  const fresh = contentOf(world.file)
    .bodies.filter((body) => !before.has(body))
    .map((body) => decisionSchema.parse(JSON.parse(body)));
  const last = model.lastSeq.get(model.key()) ?? 0;
  expect(fresh.map(({ seq }) => seq)).toEqual(fresh.map((_, index) => last + 1 + index));
  for (const { subject } of fresh) expect(subject ?? '').toBe(model.key());
  return fresh;
}

const bodiesIn = (world: ClientWorld): Set<string> => new Set(contentOf(world.file).bodies);

/** One press; `screen` says which screen the person looks at. */
export function press(
  action: 'accept-all' | 'necessary-only' | 'save' | 'withdraw' | 'acknowledge',
  choices: Readonly<Record<string, Choice>>,
  screen: 'this' | 'older' | 'unknown',
): Command {
  return command(
    `press ${action} ${JSON.stringify(choices)} on ${screen} screen`,
    async (model, world) => {
      const before = bodiesIn(world);
      const now = world.rig().view().revision;
      const older = [...model.screens.keys()].at(0) ?? now;
      const revision = { this: now, older, unknown: 999_999 }[screen];
      const known = model.screens.get(revision) === model.key() || revision === now;
      const grants = action === 'accept-all' || Object.values(choices).includes('granted');
      const input = { service: 'alpha', revision, action, surface: 'settings' as const, choices };
      const outcome = await world
        .rig()
        .handlers['consent.decide']({ ...input, choices: { ...choices } });
      if (action === 'save' && Object.keys(choices).length === 0) {
        expect(outcome).toMatchObject({ ok: false, error: { code: 'not-a-choice' } });
      } else if (grants && !known) {
        expect(outcome).toEqual({ ok: false, error: { code: 'screen-changed' } });
      } else {
        expect(outcome.ok).toBe(true);
      }
      const said = newDecisions(model, world, before);
      expect(said.length > 0).toBe(outcome.ok);
      model.said(said);
      for (const purpose of outcome.ok ? OPTIONAL : []) {
        const asked =
          action === 'withdraw'
            ? 'denied'
            : said.flatMap((one) => one.choices[purpose] ?? []).at(0);
        // A refusal holds from whatever screen; what was granted here and now stands at once.
        if (asked === 'denied' || (asked === 'granted' && revision === now)) {
          expect(world.rig().states()[purpose], `${purpose} as pressed`).toBe(asked);
        }
      }
      await world.quiet();
      if (outcome.ok) model.synced(world.service);
    },
  );
}

export function signIn(email: (typeof EMAILS)[number], remember: boolean): Command {
  return command(`sign in ${email}${remember ? ', remembered' : ''}`, async (model, world) => {
    const input = { service: 'alpha', email, password: PASSWORD, remember };
    const outcome = await world.rig().handlers['session.signIn'](input);
    if (model.session?.state === 'live') {
      expect(outcome).toEqual({ ok: false, error: { code: 'already-signed-in' } });
    } else if (world.service.network !== 'online') {
      expect(outcome).toEqual({ ok: false, error: { code: 'no-network' } });
    } else {
      expect(outcome.ok).toBe(true);
      const accountId = world.service.account(email).id;
      model.signedIn({ email, accountId, remembered: remember, asked: false, state: 'live' });
    }
    await world.quiet();
    model.synced(world.service);
  });
}

export const signOut = command('sign out', async (model, world) => {
  const outcome = await world.rig().handlers['session.signOut']({ service: 'alpha' });
  expect(outcome.ok).toBe(model.session !== null);
  model.signedOut();
});

export function answerDeviceChoices(takeOver: boolean): Command {
  return {
    ...command(takeOver ? 'take choices over' : 'keep choices apart', async (model, world) => {
      const before = bodiesIn(world);
      const own = model.deviceChoices(OPTIONAL, world.clock.nowMs);
      const { revision } = world.rig().view();
      const input = { service: 'alpha', revision, takeOver };
      const outcome = await world.rig().handlers['session.deviceChoices'](input);
      // What has expired meanwhile is nothing to take over.
      const answered = !takeOver || own.length > 0;
      expect(outcome.ok).toBe(answered);
      const said = newDecisions(model, world, before);
      const about = said.flatMap(({ choices }) => Object.keys(choices));
      expect(about.toSorted()).toEqual(takeOver ? own.toSorted() : []);
      if (answered && model.session) model.session = { ...model.session, asked: true };
      model.said(said);
      await world.quiet();
      if (answered) model.synced(world.service);
    }),
    check: ({ session, ...model }) =>
      session !== null && !session.asked && (model.books.get('') ?? []).some((one) => !one.rests),
  };
}

export function restart(how: 'quit' | 'crash'): Command {
  return command(how, async (model, world) => {
    await world.restart(how);
    if (model.session?.remembered === false) model.signedOut();
    model.screens.clear();
    await world.quiet();
    model.synced(world.service);
  });
}

export const sync = command('try now', async (model, world) => {
  await world.rig().handlers['sync.now']({ service: 'alpha' });
  await world.quiet();
  model.synced(world.service);
});

/** What was said without a network and then signed out of is gone, but its numbers are not free again. */
export const refuseOfflineAndSignOut = command(
  'refuse offline and sign out',
  async (model, world) => {
    const before = world.service.network;
    world.service.network = 'offline';
    await press('necessary-only', {}, 'this').run(model, world);
    await signOut.run(model, world);
    world.service.network = before;
  },
);
