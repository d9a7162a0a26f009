import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * What the tool finds and what it cannot see, by the name of its rule: how many, and why each stands. Nothing else of medium severity
 * or more is let pass where the tool is sure of itself.
 */
const REASONED: Readonly<Record<string, { readonly most: number; readonly why: string }>> = {
  CSP_GLOBAL_CHECK: {
    most: 1,
    why: 'It looks for a policy in pages and in filters; ours is a header of our own scheme, which the twenty items assert.',
  },
  AUXCLICK_JS_CHECK: {
    most: 3,
    why: 'A middle click opens nothing: every page has a handler that denies new windows, which the twenty items attack.',
  },
  PRELOAD_JS_CHECK: {
    most: 2,
    why: 'It asks for preload scripts to be reviewed: ours has two functions, by the names of the contract; that of service pages only takes powers away. Both are sandboxed and isolated.',
  },
};

/** What the tool itself answers; it comes without types. */
interface Answer {
  readonly errors: readonly {
    readonly file: string;
    readonly message: string;
    readonly tolerable: boolean;
  }[];
  readonly issues: readonly {
    readonly id: string;
    readonly severity: { readonly name: string };
    readonly confidence: { readonly name: string };
  }[];
}
type Run = (options: {
  input: string;
  isRelative: boolean;
  customScan: string[];
  excludeFromScan: string[];
  electronVersionOverride: string;
}) => Promise<Answer>;

/**
 * The built app in the words of an older language: the tool's parser does not know private members. Only syntax changes; what is
 * called and with what stays as it is.
 */
function lower(target: string): void {
  const files = readdirSync(path.join(root, 'out'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(
    (name) => /\.(c?js|html)$/.test(name) && !name.startsWith('server'),
  )) {
    const text = readFileSync(path.join(root, 'out', file), 'utf8');
    const made = path.join(target, file);
    mkdirSync(path.dirname(made), { recursive: true });
    const compilerOptions = { target: ts.ScriptTarget.ES2019, module: ts.ModuleKind.ESNext };
    writeFileSync(
      made,
      file.endsWith('html') ? text : ts.transpileModule(text, { compilerOptions }).outputText,
    );
  }
}

/** Looks through a folder, by the rules for the oldest Electron that the app is built for. */
function look(folder: string): Promise<Answer> {
  const run = createRequire(import.meta.url)('@doyensec/electronegativity') as Run;
  return run({
    input: folder,
    isRelative: true,
    customScan: [],
    excludeFromScan: [],
    electronVersionOverride: '33.2.1',
  });
}

/** How many findings there are of each rule, of medium severity or more, where the tool is sure of itself. */
function serious({ issues }: Answer): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { id, severity, confidence } of issues) {
    const isSerious = ['MEDIUM', 'HIGH'].includes(severity.name);
    if (isSerious && ['FIRM', 'CERTAIN'].includes(confidence.name))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sayso-electronegativity-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('Electronegativity', { timeout: 300_000 }, () => {
  it('reads all of the built app, lowered, and finds nothing serious but what stands for a reason', async () => {
    lower(folder);
    const answer = await look(folder);
    // The tool tries its readers one after the other; what the last of them reads is read.
    expect(answer.errors.filter(({ tolerable }) => !tolerable)).toEqual([]);
    const found = serious(answer);
    expect([...found].filter(([rule, count]) => count > (REASONED[rule]?.most ?? 0))).toEqual([]);
    // A reason that nothing needs any more is taken out.
    expect([...found.keys()].toSorted()).toEqual(Object.keys(REASONED).toSorted());
  });

  it('would find what is wrong, and say what it could not read', async () => {
    const preferences = '{ contextIsolation: false, webSecurity: false }';
    const window = `const { BrowserWindow } = require('electron'); new BrowserWindow({ webPreferences: ${preferences} });`;
    writeFileSync(path.join(folder, 'window.js'), window);
    writeFileSync(path.join(folder, 'broken.js'), 'const broken = ;');
    const answer = await look(folder);
    expect(answer.errors.filter(({ tolerable }) => !tolerable)).toHaveLength(1);
    expect([...serious(answer).keys()]).toEqual(
      expect.arrayContaining(['CONTEXT_ISOLATION_JS_CHECK', 'WEB_SECURITY_JS_CHECK']),
    );
  });
});
