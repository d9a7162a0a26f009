import type { Input, Output } from '../../src-shared/ipc-contract.js';
import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { failed, ok } from '../../src-shared/result.js';
import { currentSubject } from '../consent/index.js';
import { entryViewOf, type EntryContext } from './entry-view.js';
import { passes } from './entry-filter.js';
import { exportFile, type ExportParts } from './export-file.js';
import { importFile, type ImportParts } from './import-file.js';
import { importedPage, PAGE_LENGTH } from './imported.js';
import { createShownTexts } from './shown-texts.js';

/** Entries looked at for one page of a filtered history: as many as hold nobody up. */
const LOOKED_AT = 500;

/** What was said, to be read, taken along and erased. All of it works offline. */
export interface History {
  /** What was said about a service by whoever its choices belong to at the moment. */
  read(input: Input<'history.read'>): Output<'history.read'>;
  /** The very text that stood on the screen. */
  shownText(input: Input<'history.shownText'>): Output<'history.shownText'>;
  /** Writes decisions with their proofs to a file that the person names. */
  exportFile(input: Input<'history.export'>): Promise<Output<'history.export'>>;
  /** Takes in an export as history, from a file that the person names. */
  importFile(input: Input<'history.import'>): Promise<Output<'history.import'>>;
  /** What was imported about a service. */
  imported(input: Input<'history.imported'>): Output<'history.imported'>;
  dropImported(input: Input<'history.dropImported'>): Output<'history.dropImported'>;
  /** Deletes what a decision of this device said, here and at the service; that there was one stays, and reads as closed. */
  erase(input: Input<'history.erase'>): Output<'history.erase'>;
}

interface Parts extends Omit<ExportParts, 'shownText'>, ImportParts {
  /** The policy on show, for the names of purposes where the text shown then is not known. */
  readonly currentText: (service: string) => PolicyText | null;
  /** Told after something was erased. */
  readonly onErased: (service: string) => void;
}

export function createHistory(parts: Parts): History {
  const { store, profiles, currentText } = parts;
  const kept = (service: string, sha256: string): PolicyText | null =>
    store.policyTexts.bySha256(service, sha256);
  const shownText = createShownTexts({ profiles, kept });
  const isKnown = (service: string): boolean =>
    profiles.some(({ manifest }) => manifest.id === service);

  const importedText = (service: string, { sha256 }: ShownPolicy) =>
    store.imported.text(service, currentSubject(store, service).key, sha256);
  const contextOf = (service: string): EntryContext => ({
    thisDevice: store.meta.deviceId(service),
    purposesIn: (policy) => {
      const shown = policy && (shownText(service, policy) ?? importedText(service, policy));
      return (shown ?? currentText(service))?.label.purposes ?? [];
    },
  });

  return {
    read({ service, before, filter }) {
      if (!isKnown(service)) return failed({ code: 'unknown-service' });
      const { key } = currentSubject(store, service);
      const thisDevice = store.meta.deviceId(service);
      // One more than is shown tells whether there is anything before.
      const limit = filter ? LOOKED_AT : PAGE_LENGTH;
      const rows = store.history.page(service, key, before, limit + 1);
      const looked = rows.slice(0, limit);
      const wanted = looked.filter((row) => !filter || passes(row, filter, thisDevice));
      const shown = wanted.slice(0, PAGE_LENGTH);
      const isCut = wanted.length > PAGE_LENGTH;
      const last = (isCut ? shown : looked).at(-1);
      const context = contextOf(service);
      return ok({
        service,
        entries: shown.map((row) => entryViewOf(row, context)),
        before: isCut || rows.length > limit ? (last?.row ?? null) : null,
      });
    },

    shownText({ service, shown }) {
      if (!isKnown(service)) return failed({ code: 'unknown-service' });
      const text = shownText(service, shown);
      if (!text) {
        const fromFile = importedText(service, shown);
        if (!fromFile) return failed({ code: 'text-unknown' });
        // The day printed on it is not part of what is hashed, so that no file proves it.
        return ok({ service, ...shown, dated: '', ...fromFile });
      }
      const { version, dated, lang, label, sections } = text;
      return ok({ service, version, dated, lang, label, sections });
    },

    importFile: (input) => importFile(parts, input),
    imported({ service, before }) {
      if (!isKnown(service)) return failed({ code: 'unknown-service' });
      const { key } = currentSubject(store, service);
      return ok(importedPage(store, service, key, before, contextOf(service)));
    },
    dropImported({ service }) {
      const { key } = currentSubject(store, service);
      const dropped = store.commit(() => {
        store.imported.drop(service, key);
      });
      if (!dropped.ok) return failed({ code: 'not-saved', cause: dropped.error });
      store.truncateLog();
      return ok(null);
    },

    exportFile: (input) => exportFile({ ...parts, shownText }, input),

    erase({ service, id }) {
      const row = store.history.one(service, currentSubject(store, service).key, id);
      if (row?.said.kind !== 'said') return failed({ code: 'unknown-decision' });
      // Only the device that said it can have the service erase it too: nobody else may write in its chain.
      if (!row.madeHere) return failed({ code: 'said-elsewhere' });
      // Of an account, what is left of it is sent to the service, which then erases its copy too.
      const erased = store.commit(() => {
        store.decisions.erase(id);
      });
      if (!erased.ok) return failed({ code: 'not-saved', cause: erased.error });
      // What is deleted is not to be read in the log either.
      store.truncateLog();
      parts.onErased(service);
      return ok(null);
    },
  };
}
