import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const RENDERER = path.resolve(import.meta.dirname, '../../../src-renderer');

/** One value of a list in CSS, functions whole: `2px`, `calc(1px + var(--a))`. */
const VALUE = /(?:[\w-]+\((?:[^()]|\([^()]*\))*\)|[^\s()]+)/g;

/** Declarations that name left or right, which are the wrong sides in a language written from right to left. */
function onlyFromLeftToRight(css: string): string[] {
  return css.split(/[;{}]/).filter((part) => {
    const [, name = '', value = ''] = /^\s*([\w-]+):\s*([\s\S]+?)\s*$/.exec(part) ?? [];
    if (/^(?:(?:margin|padding|border|inset|scroll-\w+)-)?(?:left|right)\b/.test(name)) return true;
    if (name === 'text-align' || name === 'float') return /left|right/.test(value);
    if (!/^(?:margin|padding|inset)$/.test(name)) return false;
    const [, right, , left] = value.match(VALUE) ?? [];
    return left !== undefined && left !== right;
  });
}

test('styles know start and end, not left and right', () => {
  const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:svelte|css)$/.test(file),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(path.join(RENDERER, file), 'utf8');
    const css = file.endsWith('.css') ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '');
    return onlyFromLeftToRight(css.replace(/\/\*[\s\S]*?\*\//g, '')).map(
      (part) => `${file}: ${part.trim()}`,
    );
  });
  expect(files.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
});
