import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placesIn, valueAt, withValueAt, type Place } from './json-places.js';
import {
  MANIFEST_FILE,
  POLICY_FILE,
  problemsOf,
  readSample,
  sampleManifest,
  samplePolicy,
} from './sample-profile.js';

const MISFITS: unknown[] = [true, 'not what belongs here', -0.5, [], {}];

/** A profile without these has no tools, and its pages at the root of its base address. */
const MAY_BE_LEFT_OUT = ['tools', 'site'];

const files = [
  {
    file: MANIFEST_FILE,
    sample: sampleManifest,
    read: (manifest: unknown) => readSample(manifest, samplePolicy()),
  },
  {
    file: POLICY_FILE,
    sample: samplePolicy,
    read: (policy: unknown) => readSample(sampleManifest(), policy),
  },
];

test('the sample that the other tests break is itself accepted', () => {
  expect(problemsOf(readSample(sampleManifest(), samplePolicy()))).toEqual([]);
});

describe.each(files)(
  'a wrong shape in $file is refused by file and field',
  ({ file, sample, read }) => {
    const places = placesIn(sample());
    const members = places.filter((place) => typeof place.at(-1) === 'string');
    const needed = members.filter((place) => !MAY_BE_LEFT_OUT.includes(place.join('.')));
    const objects: Place[] = [[], ...places].filter((place) => isObject(valueAt(sample(), place)));

    test.each(needed.map((place) => [place.join('.'), place] as const))(
      'without %s',
      (field, place) => {
        const problems = problemsIn(file, read(withValueAt(sample(), place, undefined)));
        expect(problems.map(({ at }) => at)).toEqual([`${file} ${field}`]);
      },
    );

    test('with a value of another type, wherever it lies', () => {
      const wrong = fc
        .tuple(fc.constantFrom(...places), fc.constantFrom(...MISFITS))
        .filter(([place, misfit]) => typeOf(misfit) !== typeOf(valueAt(sample(), place)));
      fc.assert(
        fc.property(wrong, ([place, misfit]) => {
          const problems = problemsIn(file, read(withValueAt(sample(), place, misfit)));
          expect(problems.map(({ at }) => at)).toContain(`${file} ${place.join('.')}`);
        }),
        { numRuns: 400 },
      );
    });

    test('with a member the schema does not know, wherever it is added', () => {
      const known = new Set(members.map((place) => place.at(-1)));
      const unknownName = fc.stringMatching(/^[a-z]{1,12}$/).filter((name) => !known.has(name));
      fc.assert(
        fc.property(fc.constantFrom(...objects), unknownName, (place, name) => {
          const problems = problemsIn(file, read(withValueAt(sample(), [...place, name], 'x')));
          expect(problems).toHaveLength(1);
          expect(problems[0]?.at).toBe(`${file} ${place.join('.') || '(whole file)'}`);
          expect(problems[0]?.message).toContain(`"${name}"`);
        }),
        { numRuns: 300 },
      );
    });

    test('with any other JSON in its place', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (json) => {
          expect(problemsIn(file, read(json)).length).toBeGreaterThan(0);
        }),
        { numRuns: 300 },
      );
    });
  },
);

/** The problems of one file. A policy that cannot be read also leaves its language without text, and nothing else. */
function problemsIn(
  file: string,
  read: ReturnType<typeof readSample>,
): ReturnType<typeof problemsOf> {
  const inFile = ({ at }: { at: string }): boolean => at.startsWith(`${file} `);
  const problems = problemsOf(read);
  const others = problems.filter((problem) => !inFile(problem));
  expect(others.map(({ at }) => at)).toEqual(
    file === POLICY_FILE ? [`${MANIFEST_FILE} languages`] : [],
  );
  return problems.filter(inFile);
}

function isObject(value: unknown): boolean {
  return typeOf(value) === 'object';
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
