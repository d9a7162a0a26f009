import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type {
  HistoryEntryView,
  HistorySaidView,
  HistorySendingView,
} from '../../src-shared/history-view.js';
import type { HistoryRow } from '../store/index.js';
import { instantOf } from './instant.js';
import { receiptViewOf } from './receipt-view.js';

/** How much of another device's id is shown: enough to tell a person's few devices apart. */
const SHORT_ID_LENGTH = 8;

/** What an entry is shown by, apart from itself. */
export interface EntryContext {
  /** Under which this installation is known to the service now; an earlier id of its own counts by `madeHere`. */
  readonly thisDevice: string;
  /** The purposes as the text on the screen named them, in its order; of the newest text for null, or where it is not known. */
  readonly purposesIn: (
    shown: ShownPolicy | null,
  ) => readonly { readonly id: string; readonly name: string }[];
}

/** What a window shows of one row. */
export function entryViewOf(row: HistoryRow, context: EntryContext): HistoryEntryView {
  const isHere = row.madeHere || row.device === context.thisDevice;
  return {
    id: row.id,
    at: instantOf(row.atMs),
    said: saidViewOf(row, context),
    device: isHere ? { kind: 'this' } : { kind: 'other', id: row.device.slice(0, SHORT_ID_LENGTH) },
    isErasable: row.madeHere && row.said.kind === 'said',
    sending: sendingOf(row),
    receipt: row.receipt && receiptViewOf(row.receipt),
  };
}

function saidViewOf({ said }: HistoryRow, context: EntryContext): HistorySaidView {
  if (said.kind === 'unreadable') return said;
  if (said.kind === 'erased') {
    return { kind: 'erased', about: named(said.remains.purposes, null, context) };
  }
  const { action, surface, choices, policy } = said.decision;
  return {
    kind: 'said',
    action,
    surface,
    choices: named(Object.keys(choices), policy, context).map(({ purpose, name }) => {
      return { purpose, name, choice: choices[purpose] ?? 'denied' };
    }),
    shown: policy,
  };
}

/** The purposes with their names, in the order in which the person read them; one without a name goes by its id, last. */
function named(
  purposes: readonly string[],
  shown: ShownPolicy | null,
  { purposesIn }: EntryContext,
): { readonly purpose: string; readonly name: string }[] {
  const known = purposesIn(shown);
  const placeOf = (id: string): number => {
    const place = known.findIndex((purpose) => purpose.id === id);
    return place < 0 ? known.length : place;
  };
  return purposes
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((purpose) => ({ purpose, name: known[placeOf(purpose)]?.name ?? purpose }));
}

function sendingOf({ outbox, receivedAtMs }: HistoryRow): HistorySendingView {
  if (outbox?.state === 'refused') {
    return { state: 'refused', reason: outbox.problem?.type ?? '' };
  }
  if (outbox) return { state: 'waiting' };
  if (receivedAtMs === null) return { state: 'local' };
  return { state: 'received', at: instantOf(receivedAtMs) };
}
