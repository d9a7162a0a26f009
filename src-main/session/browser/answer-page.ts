/** What the browser shows once Sayso has its answer. */
export interface AnswerWords {
  /** BCP 47 tag. */
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}

/** Without any script, and without a word of what came: other programs read what a browser shows and keeps. */
export function answerPage({ lang, title, text }: AnswerWords): string {
  return `<!doctype html>
<html lang="${escaped(lang)}" dir="auto">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title></head>
<body><h1>${escaped(title)}</h1><p>${escaped(text)}</p></body>
</html>
`;
}

/** Nothing is loaded, nothing runs, nobody frames it, nobody keeps it, and nobody is told its address. */
export const ANSWER_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  connection: 'close',
} as const;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
