import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const localesFolder = path.join(projectFolder, 'resources', 'locales');
const outFolder = path.join(projectFolder, 'src-shared', 'text', 'generated');
const BASE_LOCALE = 'en';
/** Groups of sentences that only a page fetched later needs: each is a module of its own, so that the first paint loads none of it. */
const LATER_GROUPS = [
  'history',
  'sync',
  'quit',
  'account',
  'keychain',
  'limits',
  'reader',
  'browserSignIn',
  'device',
];

/**
 * Compiles `resources/locales/*.json` (ICU MessageFormat) into one module of functions per language under
 * `src-shared/text/generated`, with types made from the English sentences: a sentence that is missing in another language
 * stops the build here, one that the code misspells stops the type check. The folder is made anew and is not committed.
 * @throws {Error} naming every missing or surplus key of every language.
 */
export async function compileMessages() {
  const { default: MessageFormat } = await import('@messageformat/core');
  const { default: compileModule } = await import('@messageformat/core/compile-module.js');
  const { parse } = await import('@messageformat/parser');
  const locales = readdirSync(localesFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      locale: path.basename(name, '.json'),
      messages: JSON.parse(readFileSync(path.join(localesFolder, name), 'utf8')),
    }));
  const base = locales.find(({ locale }) => locale === BASE_LOCALE);
  if (!base) throw new Error(`resources/locales/${BASE_LOCALE}.json is missing`);
  const complaints = locales.flatMap(({ locale, messages }) =>
    differences(base.messages, messages, locale, ''),
  );
  if (complaints.length > 0)
    throw new Error(`Sentences do not match English:\n${complaints.join('\n')}`);

  rmSync(outFolder, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  for (const { locale, messages } of locales) {
    const formatter = new MessageFormat([locale], { returnType: 'string' });
    const write = (name, part, typedBy) => {
      const types = `declare const messages: ${typeOf(typedBy, parse)};\nexport default messages;\n`;
      writeFileSync(path.join(outFolder, `${name}.js`), `${compileModule(formatter, part)}\n`);
      writeFileSync(path.join(outFolder, `${name}.d.ts`), types);
    };
    write(locale, withoutLater(messages), withoutLater(base.messages));
    for (const group of LATER_GROUPS) {
      write(`${locale}.${group}`, messages[group], base.messages[group]);
    }
  }
}

/** The sentences that the first paint may need. */
function withoutLater(messages) {
  return Object.fromEntries(
    Object.entries(messages).filter(([group]) => !LATER_GROUPS.includes(group)),
  );
}

/** @returns {string[]} every key that one tree has and the other lacks, such as `de: status.waiting is missing`. */
function differences(base, other, locale, prefix) {
  const missing = Object.keys(base).filter((key) => !(key in other));
  const surplus = Object.keys(other).filter((key) => !(key in base));
  const nested = Object.keys(base)
    .filter((key) => key in other && typeof base[key] === 'object')
    .flatMap((key) => differences(base[key], other[key], locale, `${prefix}${key}.`));
  return [
    ...missing.map((key) => `${locale}: ${prefix}${key} is missing`),
    ...surplus.map((key) => `${locale}: ${prefix}${key} is not in English`),
    ...nested,
  ];
}

/** The TypeScript type of a tree of sentences: a function each, with the arguments its text names. */
function typeOf(tree, parse) {
  const members = Object.entries(tree).map(([key, value]) =>
    typeof value === 'object'
      ? `readonly ${JSON.stringify(key)}: ${typeOf(value, parse)}`
      : `readonly ${JSON.stringify(key)}: (${parametersOf(parse(value))}) => string`,
  );
  return `{ ${members.join('; ')} }`;
}

/** @returns {string} the parameter list of one sentence, empty when it names no argument. */
function parametersOf(tokens) {
  const found = new Map();
  const visit = (token) => {
    if ('arg' in token) {
      const isNumber =
        token.type === 'plural' ||
        token.type === 'selectordinal' ||
        (token.type === 'function' && token.key === 'number');
      if (isNumber || !found.has(token.arg)) found.set(token.arg, isNumber ? 'number' : 'string');
    }
    for (const option of token.cases ?? []) option.tokens.forEach(visit);
  };
  tokens.forEach(visit);
  if (found.size === 0) return '';
  return `values: { ${[...found].map(([name, type]) => `readonly ${name}: ${type}`).join('; ')} }`;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await compileMessages();
}
