import type { Sha256 } from '../ledger/entry.js';
import { keyIdOf } from '../ledger/keys.js';
import { idOf, type Evidence, type EvidenceEntry } from './evidence.js';
import type { FalseFinding } from './findings.js';

/** Checks that everything in one part belongs to its service, subject and devices, and stands there once. */
export function checkOwner(sha256: Sha256, evidence: Evidence): FalseFinding[] {
  const seen = new Set<string>();
  const devices = new Map<string, string>();
  const findings = evidence.entries.flatMap((entry): FalseFinding[] => {
    const record = idOf(entry);
    if (seen.has(record)) return [{ code: 'twice', record }];
    seen.add(record);
    const what = strangerIn(evidence, entry) ?? otherDevice(evidence, entry, devices);
    return what ? [{ code: 'not-theirs', record, what }] : [];
  });
  return [...findings, ...checkKeyIds(sha256, evidence)];
}

function strangerIn(
  { service, subject }: Evidence,
  { decision, link }: EvidenceEntry,
): 'service' | 'subject' | 'number' | null {
  if (!decision) return null;
  if (decision.service !== service.id) return 'service';
  // The signed-out person has no account; the device may have been given a new id since.
  if (decision.subject !== (subject.kind === 'account' ? subject.id : null)) return 'subject';
  return link && link.seq !== decision.seq ? 'number' : null;
}

/** A chain is bound to one device, and so is a key. */
function otherDevice(
  { deviceKeys }: Evidence,
  { decision, link, signature }: EvidenceEntry,
  devices: Map<string, string>,
): 'device' | null {
  if (!decision) return null;
  const key = deviceKeys.find(({ kid }) => kid === signature?.kid);
  if (key && key.device !== decision.device) return 'device';
  if (!link) return null;
  const known = devices.get(link.chain) ?? decision.device;
  devices.set(link.chain, known);
  return known === decision.device ? null : 'device';
}

/** A device's key is named by its thumbprint, so that no other key can take its name; a service names its own as it likes. */
function checkKeyIds(sha256: Sha256, { deviceKeys, serverKeys }: Evidence): FalseFinding[] {
  const wrong = deviceKeys.filter((key) => keyIdOf(sha256, key) !== key.kid);
  return [...wrong, ...repeated(deviceKeys), ...repeated(serverKeys)].map(({ kid }) => ({
    code: 'key-id',
    kid,
  }));
}

function repeated<Key extends { readonly kid: string }>(keys: readonly Key[]): Key[] {
  return keys.filter(({ kid }, index) => keys.findIndex((other) => other.kid === kid) < index);
}
