import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../../resources/locales');

type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What says no in each language: two of them about one thing turn into a yes that nobody sees. */
const NEGATIONS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:not|no|never|nothing|without|don['’]t|doesn['’]t|cannot|none)\b|\bun(?=allow|check)/gi,
  de: /\b(?:nicht|nie|nichts|kein\p{L}*|ohne|weder)\b/giu,
  // "ne … pas/ni/jamais/rien" is one negation, counted by its first half.
  fr: /(?<!\p{L})(?:ne|n['’](?=\p{L})|jamais|sans|aucune?)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:no|nunca|nada|sin|ningún|ninguna?)(?!\p{L})/giu,
  pl: /(?<!\p{L})(?:nie|nigdy|nic|bez|żad\p{L}+)(?!\p{L})/giu,
  ar: /(?<!\p{L})و?(?:لا|لم|لن|ليس|أبدًا|بدون|دون|غير)(?!\p{L})/gu,
};

/** A negation carried on, such as "neither … nor": one thought, said of several things. */
const CARRIED_ON: Readonly<Record<string, RegExp>> = {
  en: /\bor\b/i,
  de: /\bnoch\b/,
  fr: /\bni\b/,
  es: /\bni\b/,
  pl: /\bani nie\b/,
  ar: /\sولا\s/,
};

/** Every control by which a person decides, or says what a decision is: names of buttons, switches and boxes. */
const CONTROLS: readonly (readonly [string, readonly string[]])[] = [
  ['banner', ['acceptAll', 'necessaryOnly', 'accept', 'necessary', 'gotIt']],
  ['privacy', ['withdraw', 'keepOff', 'turnOn', 'callBack', 'callBackNotice']],
  ['limits', ['neverHere', 'neverHereOf', 'signal']],
  ['sale', ['optOut', 'allow', 'goOn']],
  ['undo', ['turnOn', 'close']],
  ['deviceChoices', ['takeOver', 'leave']],
  ['account', ['withdraw']],
];
/** Beside them everything that is said about a choice. */
const SPOKEN_GROUPS = ['banner', 'privacy', 'limits', 'sale', 'undo', 'arrival', 'deviceChoices'];

const locales = readdirSync(FOLDER).map((file) => {
  const groups = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Groups;
  return { lang: path.basename(file, '.json'), groups };
});
const wordOf = (groups: Groups, group: string, key: string): string => {
  const found = groups[group]?.[key];
  if (found === undefined) throw new Error(`no sentence ${group}.${key}`);
  return found;
};

/** How often a sentence says no. */
function negations(lang: string, sentence: string): number {
  const count = [...sentence.matchAll(NEGATIONS[lang] ?? /$^/g)].length;
  return count > 1 && CARRIED_ON[lang]?.test(sentence) ? 1 : count;
}

describe('rule 13: what the controls of a choice are called', () => {
  it('counts negations in every language that there is', () => {
    expect(locales.map(({ lang }) => lang).toSorted()).toEqual(Object.keys(NEGATIONS).toSorted());
    expect(negations('en', 'Do not disallow nothing')).toBeGreaterThan(1);
    expect(negations('de', 'Nicht ohne Verbot')).toBe(2);
    expect(negations('fr', 'Ne jamais refuser')).toBe(2);
    expect(negations('es', 'No quiero nada')).toBe(2);
    expect(negations('pl', 'Nie chcę nic')).toBe(2);
    expect(negations('ar', 'لا أريد دون')).toBe(2);
  });

  it.each(locales)('in $lang none of them is a double negative', ({ lang, groups }) => {
    const names = CONTROLS.flatMap(([group, keys]) =>
      keys.map((key) => wordOf(groups, group, key)),
    );
    expect(names.filter((name) => negations(lang, name) > 1)).toEqual([]);
  });

  it.each(locales)('in $lang every answer says by itself what it does', ({ groups }) => {
    const names = CONTROLS.flatMap(([group, keys]) =>
      keys.map((key) => wordOf(groups, group, key)),
    );
    for (const name of names)
      expect(name).not.toMatch(/^(?:ok|okay|yes|no|ja|nein|oui|non|sí|tak|نعم|لا)[.!]?$/iu);
    // One name, one meaning: the two answers of a question are never called the same.
    expect(
      new Set([wordOf(groups, 'privacy', 'keepOff'), wordOf(groups, 'privacy', 'turnOn')]).size,
    ).toBe(2);
  });
});

describe('rule 13: what is said about a choice', () => {
  const URGING: Readonly<Record<string, RegExp>> = {
    en: /!|\b(?:now or never|hurry|last chance|sorry|please|thank|recommended|best experience|miss out|free gift|\d+ (?:seconds|minutes) left)\b/i,
    de: /!|\b(?:schnell|letzte chance|leider|bitte|danke|empfohlen|verpass\p{L}*)\b/iu,
    fr: /(?:[^\s]|\s)!|\b(?:vite|dernière chance|hélas|merci|recommandé|s['’]il vous plaît|manque[rz]?)\b/iu,
    es: /[!¡]|\b(?:rápido|última oportunidad|lástima|por favor|gracias|recomendado|te pierdes)\b/iu,
    pl: /!|(?<!\p{L})(?:szybko|ostatnia szansa|niestety|proszę|dziękuj\p{L}*|zalecan\p{L}*|przegap\p{L}*)(?!\p{L})/iu,
    ar: /[!！]|من فضلك|شكرًا|أسرع|للأسف|فرصة أخيرة|موصى به/u,
  };

  it.each(locales)('in $lang does not urge, thank, scold or count down', ({ lang, groups }) => {
    const said = SPOKEN_GROUPS.flatMap((group) => Object.values(groups[group] ?? {}));
    expect(said.length).toBeGreaterThan(60);
    const urging = URGING[lang];
    if (!urging) throw new Error(`nothing is known of ${lang}`);
    expect(said.filter((sentence) => urging.test(sentence))).toEqual([]);
  });
});
