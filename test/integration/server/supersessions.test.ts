import { expect, it } from 'vitest';
import { decision, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { headerOf, newChain } from './support/signer.js';
import { startTestServer } from './support/test-server.js';

it('what the opt-out flag needs is noted of what may be a signal, and of nothing that is known to be none', async () => {
  const server = await startTestServer();
  try {
    const base = `${server.origin}/alpha`;
    const { token, me, signer } = await keyedDevice(base, 'ada@example.org');
    const chain = newChain(signer);
    const after = (seq: number, id: string) =>
      chain.next(decision(me, seq, { supersedes: { analytics: [id] } }));
    const first = chain.next(decision(me, 1));
    const second = after(2, first.decision.id);
    const held = { ...headerOf(after(3, second.decision.id)), held: true };
    await pushEntries(base, token, [first, second]);
    await pushEntries(base, token, [held]);
    await pushEntries(base, token, [after(4, held.id), after(5, second.decision.id)]);
    const noted = server.database.prepare('select superseded_id from supersessions').pluck();
    expect(noted.all()).toEqual([held.id]);
  } finally {
    await server.remove();
  }
});
