import { describe, expect } from 'vitest';
import { briefAnswerSchema, type BriefAnswer } from '../../../src-shared/brief-answer.js';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  quietly,
  signInOn,
  test,
  until,
  untilSynced,
  type Device,
} from '../../support/client/server-world.js';

const ACTIONS = ['accept-all', 'necessary-only', 'withdraw'] as const;

/**
 * Has everything that is answered to a push looked at, and answered otherwise where something else comes back.
 * @param edit told null where the answer is not the brief one, as to entries that the service knows already.
 */
function answerBy(
  device: Device,
  edit: (brief: BriefAnswer | null) => BriefAnswer | null,
): () => void {
  const real = device.network.fetch;
  let isHonest = false;
  Object.assign(device.network, {
    fetch: async (url: string, init: RequestInit) => {
      const answer = await real(url, init);
      const isPush = init.method === 'POST' && url.endsWith('/v1/decisions');
      if (isHonest || !isPush || !answer.ok) return answer;
      const text = await answer.text();
      const brief = briefAnswerSchema.safeParse(JSON.parse(text));
      const said = edit(brief.success ? brief.data : null);
      const headers = { 'content-type': 'application/json' };
      return new Response(said ? JSON.stringify(said) : text, { status: answer.status, headers });
    },
  });
  return () => void (isHonest = true);
}

/** A device that starts behind such a network and decides a few times before it is connected. */
async function decided(device: Device): Promise<readonly string[]> {
  await device.rig.stop();
  device.start();
  await device.rig.core.begin();
  await signInOn(device, newEmail(), { create: true });
  await untilSynced(device);
  device.network.up = false;
  for (const action of ACTIONS) await pressOn(device, action);
  return decisionsIn(device.rig.file).map(({ decision }) => decision.id);
}

async function connect(device: Device): Promise<void> {
  device.network.up = true;
  await device.rig.handlers['sync.now']({ service: 'alpha' });
}

describe('an answer in few words', () => {
  test('takes a batch, also one of which a decision was erased on its way', async ({ world }) => {
    const device = await world.device();
    let briefs = 0;
    answerBy(device, (brief) => {
      if (!brief) return null;
      briefs += 1;
      const [first = ''] = decisionsIn(device.rig.file).map(({ decision }) => decision.id);
      device.rig.store.commit(() => {
        device.rig.store.decisions.erase(first);
      });
      return null;
    });
    const [first = '', ...others] = await decided(device);
    await connect(device);
    await untilSynced(device);
    await until(() => expect(outboxIn(device.rig.file, 'waiting')).toEqual([]));
    expect(briefs).toBe(1);
    const { receipts, sessions } = device.rig.store;
    expect(others.map((id) => receipts.of(id)?.leaf.id)).toEqual(others);
    // What is left of it went after it.
    const accountId = sessions.get('alpha')?.accountId ?? '';
    const kept = await world.server.store.decisions.listAfter(accountId, null, ACTIONS.length);
    if (kept === 'expired') throw new Error('the start is always there');
    const words = kept.map(({ id, decision }) => [id, decision !== null]);
    expect(words).toEqual([...others.map((id) => [id, true]), [first, false]]);
  });

  test('is not believed with a signature over other entries, or none: nothing counts as received', async ({
    world,
  }) => {
    const device = await world.device();
    let said: string | null = null;
    let last: BriefAnswer | null = null;
    const honest = answerBy(device, (brief) => {
      const jws = said;
      last = brief ?? last;
      said ??= brief?.batch.jws ?? null;
      // Also where the client has asked once more: what the service knows already it would vouch for entry by entry.
      return jws === null || last === null ? null : { batch: { ...last.batch, jws } };
    });
    const taken = await decided(device);
    await connect(device);
    await untilSynced(device);
    for (const jws of [said, 'a.b.c']) {
      said = jws;
      device.network.up = false;
      for (const action of ACTIONS) await pressOn(device, action);
      await connect(device);
      await until(() => expect(device.rig.view().sync.problem).toBe('not-understood'));
      await quietly(device);
      const ids = decisionsIn(device.rig.file).map(({ decision }) => decision.id);
      const waiting = ids.filter((id) => !taken.includes(id));
      expect(outboxIn(device.rig.file, 'waiting')).toEqual(waiting);
      for (const id of waiting) expect(device.rig.store.decisions.receivedAtMs(id)).toBeNull();
    }
    honest();
    await connect(device);
    await untilSynced(device);
    expect(outboxIn(device.rig.file, 'waiting')).toEqual([]);
  });
});
