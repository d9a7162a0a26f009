import type { PulledEntry } from '../../../src-shared/api-contract.js';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';
import { onlyDenies } from '../../../src-shared/consent/decision.js';
import { standing } from '../client/reference-register.js';
import type { Auditor } from './auditor.js';
import type { NetworkDevice } from './device.js';
import { PURPOSES } from './network-plan.js';
import { rowsOf, type NetworkRecord } from './network-record.js';
import { accountOf } from './network-run.js';
import type { NetworkWorld } from './network-world.js';

const idOf = (entry: PulledEntry): string => ('decision' in entry ? entry.decision.id : entry.id);

/** What is wrong with the world now that all is quiet; nothing, if everything has come to where it belongs. */
export async function problemsOf(
  world: Pick<NetworkWorld, 'accounts' | 'devices'>,
  record: NetworkRecord,
  audit: Auditor,
): Promise<string[]> {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const [index, { id: account }] of world.accounts.entries()) {
    const entries = await audit.entriesOf(index);
    for (const id of entries.map(idOf)) {
      if (seen.has(id)) problems.push(`${id} is there twice`);
      seen.set(id, account);
    }
    problems.push(...wordsOf(account, entries, record), ...orderOf(entries));
    problems.push(...lossesOf(account, entries, record));
    for (const device of world.devices) {
      if (accountOf(device) === account)
        problems.push(...stateOf(device, account, entries, record));
    }
  }
  for (const { decision } of record.saved) {
    const { id, subject } = decision;
    if (subject === null && seen.has(id)) problems.push(`${id} of nobody was uploaded`);
  }
  return [...problems, ...(await sessionsOf(world.devices, audit))];
}

/** What the server has is what somebody said, in these very words and for this account. */
function wordsOf(
  account: string,
  entries: readonly PulledEntry[],
  record: NetworkRecord,
): string[] {
  return entries.flatMap((entry) => {
    const id = idOf(entry);
    const said = record.saved.find(({ decision }) => decision.id === id);
    if (!said) return [`${id} was never confirmed`];
    if (said.decision.subject !== account) return [`${id} is with another account`];
    const isOther = 'decision' in entry && canonicalJson(entry.decision) !== said.body;
    return isOther ? [`${id} has other words`] : [];
  });
}

/** The entries of each chain follow one another without a gap, and what was never replaced arrived in that order. */
function orderOf(entries: readonly PulledEntry[]): string[] {
  const chains = new Map<string, { seq: number; entry: PulledEntry }[]>();
  for (const entry of entries) {
    const chain = 'chain' in entry ? entry.chain : '';
    const seq = 'decision' in entry ? entry.decision.seq : entry.seq;
    chains.set(chain, [...(chains.get(chain) ?? []), { seq, entry }]);
  }
  return [...chains].flatMap(([chain, links]) => {
    if (chain === '') return ['something came outside any chain'];
    const problems: string[] = [];
    const ordered = links.toSorted((a, b) => a.seq - b.seq);
    for (const [index, { seq, entry }] of ordered.entries()) {
      const before = ordered[index - 1];
      if (!before) continue;
      const follows =
        seq === before.seq + 1 && 'prev' in entry && 'entryHash' in before.entry
          ? entry.prev === before.entry.entryHash
          : false;
      if (!follows) problems.push(`${chain}: ${seq} does not follow ${before.seq}`);
    }
    return problems;
  });
}

/** What a client said was saved is there, unless it was to be discarded by a sign-out. */
function lossesOf(
  account: string,
  entries: readonly PulledEntry[],
  record: NetworkRecord,
): string[] {
  const there = new Map(entries.map((entry) => [idOf(entry), entry]));
  const rows = new Map<NetworkDevice, ReadonlyMap<string, { readonly isErased: boolean }>>();
  const rowIn = (device: NetworkDevice, id: string) => {
    const known =
      rows.get(device) ??
      new Map(
        rowsOf(device)
          .filter(({ madeHere }) => madeHere)
          .map((row) => [row.id, { isErased: row.body === null }]),
      );
    rows.set(device, known);
    return known.get(id);
  };
  return record.saved.flatMap(({ device, decision, isSigned }) => {
    if (decision.subject !== account) return [];
    const { id } = decision;
    const entry = there.get(id);
    const row = rowIn(device, id);
    const denies = onlyDenies(decision) && Object.keys(decision.choices).length > 0;
    if (!row) {
      // The device has left the account since: what it had not sent, and allowed something, is discarded.
      const mayBeGone = !denies || !isSigned;
      return entry || mayBeGone ? [] : [`refusal ${id} of ${device.name} is lost`];
    }
    if (!entry) return [`${id} of ${device.name} is lost`];
    if (row.isErased === 'decision' in entry) {
      return [`${id} is ${row.isErased ? 'erased here only' : 'kept here only'}`];
    }
    return [];
  });
}

/** A device holds what the server holds, and makes of it what the rule says. */
function stateOf(
  device: NetworkDevice,
  account: string,
  entries: readonly PulledEntry[],
  record: NetworkRecord,
): string[] {
  const problems: string[] = [];
  const say = (what: string): void => void problems.push(`${device.name}: ${what}`);
  const { store, view, states } = device.rig();
  const { kind } = view().subject;
  if (kind !== 'signed-in') say(`is ${kind}`);
  const { waiting, problem } = view().sync;
  if (waiting > 0 || problem !== 'none') say(`${waiting} wait, ${problem}`);
  const own = rowsOf(device).filter(({ subject }) => subject === account);
  const there = new Map(entries.map((entry) => [idOf(entry), entry]));
  for (const id of there.keys()) if (!own.some((row) => row.id === id)) say(`has not got ${id}`);
  for (const { id, body } of own) {
    const entry = there.get(id);
    if (!entry) say(`alone has ${id}`);
    else if ('decision' in entry !== (body !== null)) say(`has ${id} in another form`);
    else if ('decision' in entry && canonicalJson(entry.decision) !== body)
      say(`other words ${id}`);
    else if ('decision' in entry && !record.wasPutBack) {
      // A receipt is the same byte for byte wherever it is.
      const isSame = canonicalJson(entry.receipt) === canonicalJson(store.receipts.of(id));
      if (!isSame) say(`has another receipt of ${id}`);
    }
  }
  const known = entries.map((entry) => {
    if ('decision' in entry) return { ...entry.decision, isClosed: false };
    const { id, purposes, supersedes } = entry;
    const choices = Object.fromEntries(purposes.map((purpose) => [purpose, 'denied' as const]));
    return { id, choices, supersedes, isClosed: true };
  });
  for (const purpose of PURPOSES) {
    const expected = standing(known, purpose).map(({ id, choices, isClosed }) => {
      const choice = isClosed ? 'erased' : (choices[purpose] ?? choices['*']);
      return `${id} ${choice}`;
    });
    const found = store.register
      .headsOf('alpha', account, purpose)
      .map(({ id, choice, rests }) => `${id} ${choice}${rests ? ' resting' : ''}`);
    if (expected.toSorted().join() !== found.toSorted().join()) {
      say(`${purpose} is ${found.join() || 'nothing'} instead of ${expected.join() || 'nothing'}`);
    }
    const isRefused = expected.some((head) => head.endsWith('denied'));
    if (isRefused && states()[purpose] !== 'denied') say(`${purpose} was refused and is not`);
  }
  return problems;
}

/** Nobody is signed in who does not know of it, and whoever is signed out has been so at the server too. */
async function sessionsOf(devices: readonly NetworkDevice[], audit: Auditor): Promise<string[]> {
  const held = devices.flatMap((device) => {
    const session = device.rig().store.sessions.get('alpha');
    return session ? [session.sessionId] : [];
  });
  const open = await audit.openSessions();
  return open.filter((id) => !held.includes(id)).map((id) => `session ${id} was left open`);
}
