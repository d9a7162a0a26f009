import fc, { type Arbitrary } from 'fast-check';

/** JSON text that no serializer would write: what stands for a value here stands there as it is. */
class Raw {
  constructor(readonly text: string) {}
}

const DEEP = 20_000;
const HUGE = 300_000;

/** What may stand in a place where something else is expected. */
const ODD_VALUES: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ depthSize: 'small' }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<unknown>(
      null,
      '',
      '\u0000',
      '\ufeff',
      'e\u0301\u{1f680}',
      '../../etc/passwd',
      "'; DROP TABLE account; --",
      '__proto__',
      -0,
      1e308,
      Number.MAX_SAFE_INTEGER + 2,
      [],
      {},
      [[[]]],
      true,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      new Raw('"\\ud800"'),
      new Raw('"\\udc00\\ud800"'),
      new Raw('1e999'),
      new Raw('12345678901234567890123'),
      new Raw('0.1'),
      new Raw('{"a":1,"a":2}'),
      new Raw('{"__proto__":{"isAdmin":true}}'),
      new Raw('{"constructor":{"prototype":{"isAdmin":true}}}'),
      new Raw('"\u0001"'),
      new Raw('NaN'),
      new Raw(''),
      new Raw('/* nothing */ 1'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      new Raw(`${'['.repeat(DEEP)}${']'.repeat(DEEP)}`),
      new Raw(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
      new Raw('['.repeat(DEEP)),
      new Raw(JSON.stringify('x'.repeat(HUGE))),
      new Raw(JSON.stringify('\u{1f600}'.repeat(HUGE / 4))),
      new Raw(`[${'0,'.repeat(HUGE / 4)}0]`),
    ),
  },
);

const CHANGES = ['replace', 'remove', 'add', 'double'] as const;

/** The JSON text of values from `values`, each spoiled in one to three places. */
export function spoiled(values: Arbitrary<unknown>): Arbitrary<string> {
  const place = fc.nat({ max: 1_000 });
  const change = fc.record({
    what: fc.constantFrom(...CHANGES),
    path: fc.array(place, { minLength: 0, maxLength: 6 }),
    value: ODD_VALUES,
  });
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  return fc.tuple(values, changes).map(([value, some]) => {
    let root: unknown = structuredClone(value);
    for (const one of some) {
      // A copy, or two changes might put a value into itself.
      const odd: unknown = one.value instanceof Raw ? one.value : structuredClone(one.value);
      if (one.path.length === 0 || !isBranch(root)) root = odd;
      else spoil(root, one.path, one.what, odd);
    }
    return textOf(root);
  });
}

type Branch = Record<string, unknown>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !(value instanceof Raw);
}

/** Walks down as far as `path` leads, each step modulo what is there, and changes the last place. */
function spoil(
  root: Branch,
  path: readonly number[],
  what: (typeof CHANGES)[number],
  value: unknown,
): void {
  let branch = root;
  let name = nameAt(branch, path[0] ?? 0);
  for (const step of path.slice(1)) {
    const next = branch[name];
    if (!isBranch(next) || Object.keys(next).length === 0) break;
    branch = next;
    name = nameAt(branch, step);
  }
  if (what === 'add') branch[`odd-${path.length}`] = value;
  else if (what === 'double') branch[name] = [branch[name], branch[name]];
  else if (what === 'replace') branch[name] = value;
  else Reflect.deleteProperty(branch, name);
}

function nameAt(branch: Branch, step: number): string {
  const names = Object.keys(branch);
  return names[step % Math.max(1, names.length)] ?? '0';
}

function textOf(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (!isBranch(value)) return value === undefined ? 'null' : JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${textOf(member)}`,
  );
  return `{${members.join(',')}}`;
}
