import type { Decision } from '../../src-shared/consent/decision.js';
import type { Evidence, EvidenceEntry } from '../../src-shared/proof/evidence.js';
import type { ExportVerdict } from '../../src-shared/proof/findings.js';
import type { ReadExport } from '../../src-shared/proof/read-export.js';
import { saidWords, whereWords } from '../../src-shared/text/history-words.js';
import type { HistoryMessages } from '../../src-shared/text/index.js';
import { momentWords } from '../../src-shared/text/moments.js';

/** The style of the printed page; the page brings it along under its hash. */
export const PRINT_STYLE = `
body { font: 11pt/1.45 system-ui, sans-serif; color: #1b1d21; margin: 0; }
h1 { font-size: 18pt; margin: 0 0 4pt; } h2 { font-size: 13pt; margin: 18pt 0 4pt; break-after: avoid; }
h3 { font-size: 11pt; margin: 0; } p { margin: 0 0 4pt; }
article { break-inside: avoid; border-top: 0.5pt solid #999; padding: 6pt 0; }
dl { display: grid; grid-template-columns: 34mm 1fr; gap: 1pt 4mm; margin: 2pt 0 0; font-size: 9pt; }
dt { color: #565a61; } dd { margin: 0; overflow-wrap: anywhere; }
`;

/** What a printed export is made from, apart from the language. */
export interface Printed {
  readonly read: ReadExport;
  readonly verdict: ExportVerdict;
}

/**
 * An export as a page to print: the decisions, the text each was about, and what is proven. Everything in it is text that
 * came from elsewhere, so all of it is escaped.
 * @param lang BCP 47 tag of the window's language; `text` its sentences.
 */
export function printHtml({ read, verdict }: Printed, lang: string, text: HistoryMessages): string {
  const moments = momentWords(lang);
  const { evidence, generatedAt, texts } = read.contents;
  const services = evidence.map(({ service }) => service.name);

  const nameIn =
    ({ decision }: EvidenceEntry) =>
    (purpose: string): string => {
      const label = decision && texts.get(decision.policy.sha256)?.label;
      return label?.purposes.find(({ id }) => id === purpose)?.name ?? purpose;
    };
  const headline = (entry: EvidenceEntry): string => {
    const named = (ids: readonly string[]) =>
      ids.map((purpose) => ({ purpose, name: nameIn(entry)(purpose) }));
    const { decision, remains } = entry;
    if (!decision)
      return saidWords(
        { kind: 'erased', about: named(remains?.purposes ?? []) },
        text,
        moments.list,
      );
    const choices = named(Object.keys(decision.choices)).map((one) => {
      return { ...one, choice: decision.choices[one.purpose] ?? 'denied' };
    });
    return saidWords(
      { kind: 'said', ...decision, choices, shown: decision.policy },
      text,
      moments.list,
    );
  };
  const rowsOf = (entry: EvidenceEntry, decision: Decision): [string, string][] => {
    const { policy, at } = decision;
    const said = { kind: 'said', ...decision, choices: [], shown: policy } as const;
    return [
      [text.saidAt(), [moments.whole(at), moments.utc(at)].join(' · ')],
      [text.filterDevice(), [whereWords(said, text), decision.device].join(' · ')],
      [
        text.policy(),
        text.policyVersion({ version: policy.version, language: moments.language(policy.lang) }),
      ],
      [text.pdfTextHash(), policy.sha256],
      [
        text.pdfReceived(),
        entry.receivedAt ? moments.whole(entry.receivedAt) : text.pdfNotReceived(),
      ],
      ...(entry.link ? [[text.pdfEntryHash(), entry.link.entryHash] as [string, string]] : []),
    ];
  };
  const article = (entry: EvidenceEntry): string => {
    const rows = entry.decision ? rowsOf(entry, entry.decision) : [];
    const facts = rows.map(([term, said]) => `<dt>${escape(term)}</dt><dd>${escape(said)}</dd>`);
    return `<article><h3>${escape(headline(entry))}</h3><dl>${facts.join('')}</dl></article>`;
  };
  const part = ({ service, subject, entries }: Evidence): string => {
    const whose = subject.kind === 'account' ? text.pdfOfAccount : text.pdfOfDevice;
    const newestFirst = entries.toReversed().map(article);
    return `<h2>${escape(service.name)}</h2><p>${escape(whose({ id: subject.id }))}</p>${newestFirst.join('')}`;
  };
  const { proven, untrue } = verdict;
  const proofs = [
    ...(untrue.length > 0 ? [text.pdfFalse()] : []),
    text.pdfChain({ count: proven.decisions }),
    text.pdfSigned({ count: proven.signatures }),
    text.pdfReceipts({ count: proven.receipts, service: moments.list(services) }),
    text.pdfKeys(),
  ];
  const title = text.pdfTitle({ service: moments.list(services) });
  return `<!doctype html><html lang="${escape(lang)}"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>${PRINT_STYLE}</style></head><body><h1>${escape(title)}</h1>
<p>${escape(text.pdfMade({ when: moments.whole(generatedAt) }))}</p>
<h2>${escape(text.pdfProven())}</h2>${proofs.map((line) => `<p>${escape(line)}</p>`).join('')}
${evidence.map(part).join('\n')}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
