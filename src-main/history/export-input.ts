import type { Manifest } from '../../src-shared/manifest.js';
import type { ExportEntry, ExportInput, ExportSubject } from '../../src-shared/proof/types.js';
import type { HistoryRow, Store } from '../store/index.js';
import { instantOf } from './instant.js';
import type { FindShownText } from './shown-texts.js';

interface Parts {
  readonly store: Pick<Store, 'history' | 'publicKeys' | 'meta'>;
  readonly shownText: FindShownText;
}

/** Whose entries of which service are exported. */
export interface ExportScope {
  readonly manifest: Manifest;
  /** The account's opaque id; null for the signed-out person at this device. */
  readonly accountId: string | null;
  /** UTC. */
  readonly generatedAt: string;
}

/** Everything this profile knows of one service and subject, as an export takes it. */
export function exportInputOf(
  { store, shownText }: Parts,
  { manifest, accountId, generatedAt }: ExportScope,
): ExportInput {
  const { id, name, publisher, baseAddress } = manifest;
  const subject: ExportSubject =
    accountId === null
      ? { kind: 'device', id: store.meta.deviceId(id) }
      : { kind: 'account', id: accountId };
  return {
    generatedAt,
    service: { id, name, publisher, baseAddress },
    subject,
    entries: store.history
      .all(id, accountId ?? '')
      .flatMap((row) => exportEntryOf(row, id, shownText) ?? []),
    serverKeys: store.publicKeys.serverKeys(id),
    deviceKeys: accountId === null ? [] : store.publicKeys.deviceKeys(id, accountId),
  };
}

/** One row; null for what can no longer be read, which would prove nothing and is missed in its chain. */
function exportEntryOf(
  row: HistoryRow,
  service: string,
  shownText: FindShownText,
): ExportEntry | null {
  const { said, link, seq, receipt, receivedAtMs } = row;
  if (said.kind === 'unreadable') return null;
  const decision = said.kind === 'said' ? said.decision : null;
  return {
    decision,
    remains: said.kind === 'erased' ? said.remains : null,
    salt: said.kind === 'said' ? said.salt : null,
    link: link && {
      chain: link.chain,
      seq,
      prev: link.prev,
      payloadHash: link.payloadHash,
      entryHash: link.entryHash,
    },
    signature: link?.signature ?? null,
    receivedAt: receivedAtMs === null ? null : instantOf(receivedAtMs),
    receipt,
    shown: decision && shownText(service, decision.policy),
  };
}
