import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const localesFolder = path.join(projectFolder, 'resources', 'locales');
const outFolder = path.join(projectFolder, 'src-shared', 'text', 'generated');
const BASE_LOCALE = 'en';
const RIGHT_TO_LEFT = ['ar'];
/** `{name}`, but not a case of a plural that happens to be one word. */
const PLAIN_ARGUMENT = /(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{(\w+)\}/g;
/** Who needs a group of sentences, and when: each is one module per language, so that no more is loaded than is shown. */
const PARTS = [
  {
    part: 'first',
    type: 'FirstMessages',
    has: (group) => ['app', 'rail', 'status'].includes(group),
  },
  { part: 'native', type: 'NativeMessages', has: (group) => group === 'native' },
];
const LATER = {
  part: 'later',
  type: 'LaterMessages',
  has: (group) => PARTS.every(({ has }) => !has(group)),
};

/**
 * Compiles `resources/locales/*.json` (ICU MessageFormat) into modules of functions under `src-shared/text/generated`: per
 * language one for the first paint, one for everything after it and one for menus and dialogs of the system, each fetched by
 * `load-….js`. Types are made from the English sentences: a sentence that is missing in another language, or names other
 * arguments there, stops the build here; one that the code misspells stops the type check. The folder is not committed.
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
    differences(base.messages, messages, locale, '', parse),
  );
  if (complaints.length > 0)
    throw new Error(`Sentences do not match English:\n${complaints.join('\n')}`);

  mkdirSync(outFolder, { recursive: true });
  const surplus = new Set(readdirSync(outFolder));
  const write = (name, text) => {
    const file = path.join(outFolder, name);
    // What is right stays as it is: a type check that runs meanwhile never finds a module missing.
    if (!surplus.delete(name) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  };
  const parts = [...PARTS, LATER];
  const types = parts.map(
    ({ type, has }) => `export type ${type} = ${typeOf(groupsOf(base.messages, has), parse)};\n`,
  );
  write('types.d.ts', types.join(''));
  for (const { locale, messages } of locales) {
    const formatter = new MessageFormat([locale], { returnType: 'string' });
    for (const { part, type, has } of parts) {
      const groups = isolated(groupsOf(messages, has), locale);
      write(`${locale}.${part}.js`, `${compileModule(formatter, groups)}\n`);
      write(`${locale}.${part}.d.ts`, declared(type));
    }
  }
  const names = locales.map(({ locale }) => locale);
  for (const { part, type } of parts) {
    const loaders = names.map(
      (name) => `${JSON.stringify(name)}: () => import('./${name}.${part}.js')`,
    );
    write(`load-${part}.js`, `export default { ${loaders.join(', ')} };\n`);
    write(`load-${part}.d.ts`, declaredLoaders(type));
  }
  write('languages.js', `export default ${JSON.stringify(names)};\n`);
  write(
    'languages.d.ts',
    'declare const languages: readonly string[];\nexport default languages;\n',
  );
  for (const name of surplus) rmSync(path.join(outFolder, name), { recursive: true });
}

/** The declaration of a module with the sentences of one part. */
function declared(type) {
  return `import type { ${type} } from './types.js';\ndeclare const messages: ${type};\nexport default messages;\n`;
}

/** The declaration of a module that fetches one part in any language. */
function declaredLoaders(type) {
  const load = `Readonly<Record<string, () => Promise<{ readonly default: ${type} }>>>`;
  return `import type { ${type} } from './types.js';\ndeclare const loaders: ${load};\nexport default loaders;\n`;
}

function groupsOf(messages, has) {
  return Object.fromEntries(Object.entries(messages).filter(([group]) => has(group)));
}

/**
 * Sets what is filled into a sentence apart from its direction (U+2068 … U+2069) where that runs from right to left: names
 * and addresses in Latin letters would otherwise carry the punctuation beside them to the wrong end.
 */
function isolated(tree, locale) {
  if (!RIGHT_TO_LEFT.includes(locale)) return tree;
  const entries = Object.entries(tree).map(([key, value]) => [
    key,
    typeof value === 'object'
      ? isolated(value, locale)
      : value.replace(PLAIN_ARGUMENT, '\u2068{$1}\u2069'),
  ]);
  return Object.fromEntries(entries);
}

/**
 * @returns {string[]} every key that one tree has and the other lacks, and every sentence that is filled in otherwise, such as
 * `de: status.waiting is missing`.
 */
function differences(base, other, locale, prefix, parse) {
  const missing = Object.keys(base).filter((key) => !(key in other));
  const surplus = Object.keys(other).filter((key) => !(key in base));
  const shared = Object.keys(base).filter((key) => key in other);
  const nested = shared
    .filter((key) => typeof base[key] === 'object')
    .flatMap((key) => differences(base[key], other[key], locale, `${prefix}${key}.`, parse));
  const filledOtherwise = shared.filter(
    (key) => typeof base[key] === 'string' && !namesNoMore(parse(other[key]), parse(base[key])),
  );
  return [
    ...missing.map((key) => `${locale}: ${prefix}${key} is missing`),
    ...surplus.map((key) => `${locale}: ${prefix}${key} is not in English`),
    ...filledOtherwise.map((key) => `${locale}: ${prefix}${key} names what English does not`),
    ...nested,
  ];
}

/** Whether every argument of one sentence is one of the other's too: a grammar may need fewer, never others. */
function namesNoMore(tokens, base) {
  const known = argumentsOf(base);
  return [...argumentsOf(tokens).keys()].every((name) => known.has(name));
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
  const found = argumentsOf(tokens);
  if (found.size === 0) return '';
  return `values: { ${[...found].map(([name, type]) => `readonly ${name}: ${type}`).join('; ')} }`;
}

/** @returns {Map<string, 'number' | 'string'>} what is filled into a sentence, and the type of each. */
function argumentsOf(tokens) {
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
  return found;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await compileMessages();
}
