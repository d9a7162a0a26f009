import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkDevice, type NetworkDevice } from '../support/network/device.js';
import { storeOfMoments } from '../support/network/dying-store.js';
import { journey, type Attempt } from '../support/network/journey.js';
import { auditor } from '../support/network/auditor.js';
import { problemsOf } from '../support/network/network-checks.js';
import { NetworkRecord } from '../support/network/network-record.js';
import { serverTemplate, type ServerTemplate } from '../support/network/server-template.js';
import { networkWorld, type NetworkWorld } from '../support/network/network-world.js';
import { createAccount } from '../integration/server/support/client.js';
import { START_MS } from '../support/client/sample-decision.js';

const REST_WITHIN_MS = 15_000;

/** Where the server dies next; null: nowhere. */
let nextDeath: { after: number; name: string } | null = null;
let template: ServerTemplate;
let world: NetworkWorld;
/** The death of the server that is under way, up to its next start. */
let dying: Promise<void> = Promise.resolve();
let people = 0;

beforeAll(async () => {
  template = await serverTemplate();
  world = await networkWorld(template, 0, {
    wrapStore: (store) =>
      storeOfMoments(store, (name) => {
        if (!nextDeath || world.server.port() === null) return null;
        nextDeath.after -= 1;
        if (nextDeath.after >= 0) return null;
        nextDeath.name = name;
        nextDeath = null;
        dying = world.server.kill().then(() => world.server.start());
        return new Promise(() => undefined);
      }),
  });
});
afterAll(async () => {
  await world.remove();
  template.remove();
});

/** A person nobody has seen before, with two fresh devices. */
async function newPerson(): Promise<NetworkWorld & { leave: () => Promise<void> }> {
  people += 1;
  const email = `person-${people}@example.org`;
  const { id } = await createAccount(world.base(), email);
  const devices: NetworkDevice[] = [];
  for (const name of ['one', 'two']) {
    devices.push(await networkDevice(name, START_MS, world.server.port));
  }
  const quiet = async (): Promise<void> => {
    await dying;
    await world.quiet(devices);
  };
  const leave = async (): Promise<void> => {
    for (const device of devices) await device.remove();
  };
  return { ...world, devices, accounts: [{ email, id }], quiet, leave };
}

/** Everything is where it belongs, soon. */
async function comesToRest(person: NetworkWorld, record: NetworkRecord): Promise<void> {
  await dying;
  const audit = auditor(person);
  const deadlineMs = performance.now() + REST_WITHIN_MS;
  for (;;) {
    for (const device of person.devices) {
      await device.rig().handlers['sync.now']({ service: 'alpha' });
    }
    await person.quiet();
    const problems = await problemsOf(person, record, audit);
    if (problems.length === 0 || performance.now() > deadlineMs) {
      expect(problems).toEqual([]);
      return;
    }
  }
}

/** A journey during which the device `victim` dies at its `moment`th moment. @returns whether there was such a moment. */
async function clientDies(victim: number, moment: number): Promise<boolean> {
  const person = await newPerson();
  try {
    const record = new NetworkRecord();
    const device = person.devices[victim];
    if (!device) throw new Error('there are two devices');
    const fate = { hasDied: false, isBack: false };
    let tellDeath: (word: 'died') => void = () => undefined;
    const death = new Promise<'died'>((resolve) => (tellDeath = resolve));
    const first = device.moments.passed();
    device.moments.onMoment = (passed) => {
      if (fate.hasDied || passed - first !== moment) return null;
      fate.hasDied = true;
      tellDeath('died');
      return new Promise(() => undefined);
    };
    const attempt: Attempt = async (on, work) => {
      if (on !== device || fate.isBack) return work();
      const outcome = await Promise.race([Promise.resolve().then(work), death]);
      if (!fate.hasDied) return outcome;
      fate.isBack = true;
      await device.restart('crash');
      return 'died';
    };
    await journey(person, record, attempt);
    // It may have died over something that nobody on the journey was waiting for; after it nobody dies.
    device.moments.onMoment = () => null;
    if (fate.hasDied && !fate.isBack) await device.restart('crash');
    await comesToRest(person, record);
    return fate.hasDied;
  } finally {
    await person.leave();
  }
}

/** A journey during which the server dies at its `moment`th moment and comes back. @returns whether there was such a moment. */
async function serverDies(moment: number): Promise<string | null> {
  const person = await newPerson();
  try {
    const record = new NetworkRecord();
    const death = { after: moment, name: '' };
    nextDeath = death;
    await journey(person, record, async (_on, work) => {
      const outcome = await work();
      await dying;
      return outcome;
    });
    nextDeath = null;
    await comesToRest(person, record);
    return death.name === '' ? null : death.name;
  } finally {
    nextDeath = null;
    await person.leave();
  }
}

describe('a short journey with a death at every moment of it', () => {
  it.each([
    ['first', 0],
    ['second', 1],
  ] as const)('of the client on the %s device', { timeout: 900_000 }, async (_which, victim) => {
    let moments = 0;
    while (await clientDies(victim, moments + 1)) moments += 1;
    expect(moments).toBeGreaterThan(victim === 0 ? 25 : 10);
  });

  it('of the server, before and after every call of its store', { timeout: 900_000 }, async () => {
    const names: string[] = [];
    for (let name = await serverDies(0); name !== null; name = await serverDies(names.length)) {
      names.push(name);
    }
    expect(names).toContain('after decisions.take');
  });
});
