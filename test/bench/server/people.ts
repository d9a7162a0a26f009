import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { policyAnswerSchema } from '../../../src-shared/api-contract.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { bodyOf, call } from '../../integration/server/support/client.js';
import { keyedDevice } from '../../integration/server/support/keyed-device.js';
import { newChain, type SentEntry } from '../../integration/server/support/signer.js';

/** Somebody who is signed in on one device with a key, and decides one thing after another. */
export interface Person {
  readonly token: string;
  /** The next `count` decisions as complete signed entries, each in the place of the one before it. */
  entries(count: number): SentEntry[];
}

const PURPOSE = 'analytics';

/** Makes accounts with one device each. @param base of the service `integro`. */
export async function newPeople(base: string, count: number): Promise<Person[]> {
  const shown = bodyOf(await call(`${base}/policy`), policyAnswerSchema);
  const policy = { version: shown.version, lang: shown.lang, sha256: shown.sha256 };
  const people: Person[] = [];
  for (let made = 0; made < count; made += 1) {
    people.push(await newPerson(base, policy));
  }
  return people;
}

async function newPerson(base: string, policy: Decision['policy']): Promise<Person> {
  const { token, me, signer } = await keyedDevice(base, `${randomUUID()}@example.org`);
  const chain = newChain(signer);
  let seq = 0;
  let before: string | null = null;
  const next = (): SentEntry => {
    seq += 1;
    const id = v7();
    const decision: Decision = {
      v: 1,
      id,
      service: 'integro',
      subject: me,
      device: 'device-1',
      seq,
      at: new Date().toISOString(),
      action: 'save',
      surface: 'settings',
      choices: { [PURPOSE]: seq % 2 === 0 ? 'denied' : 'granted' },
      supersedes: before === null ? {} : { [PURPOSE]: [before] },
      policy,
    };
    before = id;
    return chain.next(decision);
  };
  return { token, entries: (count) => Array.from({ length: count }, next) };
}
