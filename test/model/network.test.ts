import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rounds } from '../support/counts.js';
import { tries } from '../support/client/property.js';
import { happen } from '../support/network/network-history.js';
import { networkPlans } from '../support/network/network-plan.js';
import { serverTemplate, type ServerTemplate } from '../support/network/server-template.js';

const HISTORIES = rounds('networks');

let template: ServerTemplate;
beforeAll(async () => {
  template = await serverTemplate();
});
afterAll(() => {
  template.remove();
});

describe('clients and a server on a bad network, killed at random', () => {
  it(
    `end with the same everywhere: nothing lost, nothing doubled, every chain in order (${HISTORIES} histories)`,
    // 2,000 of them take half an hour on a machine that does nothing else.
    { timeout: 3 * 60 * 60_000 },
    async () => {
      const property = fc.asyncProperty(networkPlans, async (plan) => {
        expect(await happen(template, plan)).toEqual([]);
      });
      // A history takes a second or more, so that shrinking one would take the better part of an hour.
      await fc.assert(property, { ...tries(HISTORIES), endOnFailure: true });
    },
  );
});
