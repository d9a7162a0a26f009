import { describe, expect } from 'vitest';
import { isDeep } from '../support/counts.js';
import { changedServices } from '../support/changed-services.js';
import { findFaults } from '../support/looks/find.js';
import { ALL_LOOKS, LANGUAGES, lookName, looksOf, type Look } from '../support/looks/looks.js';
import { ACCOUNT } from '../support/looks/places-account.js';
import { ASKED } from '../support/looks/places-asked.js';
import { DECIDED } from '../support/looks/places-decided.js';
import { ODD } from '../support/looks/places-odd.js';
import { createVisitor } from '../support/looks/visitor.js';
import { undress, wear } from '../support/looks/wear.js';
import { newPerson, test } from '../support/stage.js';

const PLACES = [...ASKED, ...DECIDED, ...ACCOUNT, ...ODD];

/** All looks of all places take many minutes, the usual ones about one. */
const PATIENT = { timeout: isDeep() ? 3_600_000 : 300_000 };

describe('nothing is wrong with the accessibility of any page or dialog', () => {
  test.for(LANGUAGES)('in the looks of %s', PATIENT, async (lang, { stage }) => {
    const server = await stage.server({
      servicesFolder: changedServices(stage, '2099-01-01T00:00:00Z'),
    });
    const app = await stage.app({ serverUrl: server.url, args: [`--lang=${lang}`] });
    const visitor = await createVisitor(app, lang);
    const world = { server, person: newPerson() };
    const found: string[] = [];
    for (const [number, place] of PLACES.entries()) {
      await place.arrive(visitor, world);
      const looks = looksOf(number, isDeep()).filter((look) => look.lang === lang);
      for (const look of looks) {
        await wear(app.page, look);
        const faults = await findFaults(app.page);
        found.push(...faults.map((fault) => `${place.name} (${lookName(look)}): ${fault}`));
      }
      await undress(app.page);
      await place.leave?.(visitor);
    }
    expect(found).toEqual([]);
  });
});

test('the usual looks have every pair that all looks have, in every place every single thing', () => {
  const things = (look: Look): string[] => Object.entries(look).map((pair) => pair.join(' '));
  const pairs = (looks: readonly Look[]): Set<string> =>
    new Set(
      looks.flatMap((look) =>
        things(look).flatMap((one) => things(look).map((other) => `${one} and ${other}`)),
      ),
    );
  const usual = PLACES.map((_place, number) => looksOf(number, false));
  expect(pairs(usual.flat())).toEqual(pairs(ALL_LOOKS));
  for (const looks of usual) {
    expect(new Set(looks.flatMap(things))).toEqual(new Set(ALL_LOOKS.flatMap(things)));
  }
});
