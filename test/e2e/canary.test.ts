import { describe, expect } from 'vitest';
import { isDeep, rounds } from '../support/counts.js';
import { inMainHeap, inRendererHeaps } from '../support/heaps.js';
import { copiesInMemory } from '../support/process-memory.js';
import { filesHolding, keychainEntries, newPerson, profileIdOf, test } from '../support/stage.js';
import { startTokenWitness } from '../support/token-witness.js';

const ROUNDS = rounds('canaries');
/** Heaps grow with nobody's help; they are looked at in the first rounds and at the end, for all who were ever here. */
const LOOKED_AT = 2;

describe('tokens and addresses that are looked for everywhere', () => {
  test(
    'are in no file or output, tokens in no heap of a page, and after signing out neither is in any heap at all',
    { timeout: 120_000 + ROUNDS * 60_000 },
    async ({ stage }) => {
      const server = await stage.server();
      const witness = await startTokenWitness(server.url);
      stage.onEnd(() => witness.stop());
      const app = await stage.app({ serverUrl: witness.url });
      const profileId = profileIdOf(stage.profileFolder);
      const heaps = stage.folder('heaps');
      /** Everybody's token and address, by what they are. */
      const canaries: Record<string, string> = {};
      const holding = (): string[] =>
        Object.entries(canaries).flatMap(([name, text]) =>
          filesHolding(stage.profileFolder, text).map((file) => `${name} in ${file}`),
        );

      for (let round = 1; round <= ROUNDS; round += 1) {
        const person = newPerson();
        await app.pages.createAccount({ ...person, remember: true });
        await app.pages.status('Synced');
        const token = witness.tokens().at(-1) ?? '';
        expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
        canaries[`address ${round}`] = person.email;
        canaries[`token ${round}`] = token;
        expect(holding()).toEqual([]);
        if (round <= LOOKED_AT) expect(await inRendererHeaps(app, heaps, { token })).toEqual({});

        await app.pages.signOut();
        await app.pages.button('Sign in').waitFor();
        expect(keychainEntries(profileId).accounts).toEqual([]);
        await expect.poll(() => statusOf(server.url, token), { timeout: 20_000 }).toBe(401);
        expect(holding()).toEqual([]);
      }

      // What is found is said by its name and its number, never by itself.
      expect(await inRendererHeaps(app, heaps, canaries)).toEqual({});
      expect(await inMainHeap(app, heaps, canaries)).toEqual({});
      if (isDeep() && process.platform === 'linux') {
        const pid = app.electron.process().pid ?? 0;
        const copies = Object.entries(canaries).map(([name, text]) => [
          name,
          copiesInMemory(pid, text),
        ]);
        const total = copies.reduce((sum, [, count]) => sum + Number(count), 0);
        console.log(`copies in the main process's memory after ${ROUNDS} rounds: ${total}`);
      }
      await app.close();
      for (const text of Object.values(canaries)) expect(app.output()).not.toContain(text);
      expect(holding()).toEqual([]);
    },
  );

  test('are found by this very search where they are', async ({ stage }) => {
    const server = await stage.server();
    const witness = await startTokenWitness(server.url);
    stage.onEnd(() => witness.stop());
    const app = await stage.app({ serverUrl: witness.url });
    const person = newPerson();
    await app.pages.createAccount({ ...person, remember: true });
    await app.pages.status('Synced');
    const texts = { token: witness.tokens()[0] ?? '', address: person.email };
    const found = await inMainHeap(app, stage.folder('heaps'), texts);
    expect(Object.keys(found).toSorted()).toEqual(['address', 'token']);
    expect(keychainEntries(profileIdOf(stage.profileFolder)).tokens).toEqual([texts.token]);
    const page = await inRendererHeaps(app, stage.folder('page'), texts);
    expect(Object.keys(page)).toEqual(['address']);
  });
});

async function statusOf(serverUrl: string, token: string): Promise<number> {
  const answer = await fetch(`${serverUrl}/integro/v1/session`, {
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => null);
  return answer?.status ?? 0;
}
