import type { HistoryEntryView } from '../../src-shared/history-view.js';
import type { CallName, Input, Output } from '../../src-shared/ipc-contract.js';
import { failed, ok } from '../../src-shared/result.js';
import type { PolicyView } from '../../src-shared/views.js';

type HistoryCall = Extract<CallName, `history.${string}`>;

interface Parts {
  /** What was said, newest first, the same for every service. */
  readonly entries: readonly HistoryEntryView[];
  readonly pageLength: number;
  readonly policyOf: (service: string) => PolicyView | null;
  readonly onErased: (service: string) => void;
}

/** The history of a main process in memory; erasing leaves an erased entry behind, exporting writes nothing. */
export function fixtureHistory({ entries, pageLength, policyOf, onErased }: Parts): {
  readonly [Name in HistoryCall]: (input: Input<Name>) => Output<Name>;
} {
  let now = entries;
  return {
    'history.read': ({ service, before }) => {
      const from = before ?? 0;
      const shown = now.slice(from, from + pageLength);
      const end = from + shown.length;
      return ok({ service, entries: shown, before: end < now.length ? end : null });
    },
    'history.shownText': ({ service }) => {
      const policy = policyOf(service);
      return policy ? ok(policy) : failed({ code: 'text-unknown' });
    },
    'history.export': ({ service }) => ok({ kind: 'saved', path: `/home/ada/${service}.json` }),
    'history.import': () => ok({ kind: 'cancelled' }),
    'history.imported': ({ service }) => ok({ service, entries: [], before: null }),
    'history.dropImported': () => ok(null),
    'history.erase': ({ service, id }) => {
      if (!now.some((entry) => entry.id === id)) return failed({ code: 'unknown-decision' });
      now = now.map((entry) => (entry.id === id ? erased(entry) : entry));
      onErased(service);
      return ok(null);
    },
  };
}

function erased(entry: HistoryEntryView): HistoryEntryView {
  const about = entry.said.kind === 'said' ? entry.said.choices : [];
  return { ...entry, said: { kind: 'erased', about }, isErasable: false };
}
