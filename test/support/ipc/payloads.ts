import fc, { type Arbitrary } from 'fast-check';
import { CALL_NAMES, type CallName } from '../../../src-shared/ipc-contract.js';
import { BROKEN_TEXTS, BROKEN_VALUES, FIELDS, type FieldKind } from './fields.js';

/** One call as a window could make it, and whether it is one that the contract allows. */
export interface Asked {
  readonly name: CallName;
  readonly payload: unknown;
  /** What is wrong with it; null: nothing. */
  readonly fault: string | null;
}

/** Stands in broken payloads alone, so that whatever holds it has taken something unchecked. */
export const MARKER = 'unchecked-8f2c';

type Members = Readonly<Record<string, unknown>>;

/** A payload that the contract allows. */
function soundFor(name: CallName): Arbitrary<Members> {
  const members = Object.entries(FIELDS[name]).map(([key, kind]) => [key, kind.sound] as const);
  return fc.record(Object.fromEntries(members));
}

/** Not even an object with members, or one that only looks like it. */
const SHAPES: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, 0, NaN, true, '', MARKER, 10n, [], [MARKER]),
  fc.constantFrom<unknown>(new Date(0), new Map([[MARKER, MARKER]]), new Set([MARKER])),
  fc.constant(new Uint8Array([1, 2, 3])),
  fc.anything({ maxDepth: 4, withBigInt: true, withDate: true, withMap: true }).filter(isNoRecord),
);

function isNoRecord(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

/** Members that no call has, among them those that mean something to JavaScript itself. */
const SURPLUS = fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'extra', '', '0');

function withSurplus(members: Members, key: string, value: unknown): Members {
  const made = { ...members };
  // Assigned, `__proto__` would be no member of its own; on the wire it can be one.
  Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

function deep(levels: number): unknown {
  let value: unknown = MARKER;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { value };
  return value;
}

/** What may be left out may also stand there as nothing at all. */
function brokenUnlessLeftOut(kind: FieldKind): Arbitrary<unknown> {
  const broken = brokenValueFor(kind);
  return kind.mayBeLeftOut ? broken.filter((value) => value !== undefined) : broken;
}

function brokenValueFor(kind: FieldKind): Arbitrary<unknown> {
  const common = fc.oneof(
    fc.constantFrom<unknown>(...BROKEN_VALUES),
    fc.constantFrom(10, 500).map(deep),
    fc.constant(new Map([[MARKER, MARKER]])),
  );
  return kind.takesAnyText
    ? common
    : fc.oneof(
        common,
        fc.constantFrom(...BROKEN_TEXTS),
        fc.string().map((text) => `${text}/${MARKER}`),
      );
}

/** A payload with exactly one fault. */
function brokenFor(name: CallName): Arbitrary<Asked> {
  const fields = Object.entries(FIELDS[name]);
  const ways: Arbitrary<Omit<Asked, 'name'>>[] = [
    SHAPES.map((payload) => ({ payload, fault: 'is no record of members' })),
    fc
      .tuple(soundFor(name), SURPLUS, fc.oneof(fc.constant(MARKER), fc.anything()))
      .map(([sound, key, value]) => ({
        payload: withSurplus(sound, key, value),
        fault: `has a member "${key}" too many`,
      })),
    ...fields.flatMap(([key, kind]) => [
      ...(kind.mayBeLeftOut
        ? []
        : [
            soundFor(name).map((sound) => ({
              payload: Object.fromEntries(Object.entries(sound).filter(([other]) => other !== key)),
              fault: `lacks ${key}`,
            })),
          ]),
      fc.tuple(soundFor(name), brokenUnlessLeftOut(kind)).map(([sound, value]) => ({
        payload: { ...sound, [key]: value },
        fault: `has a ${key} that is none`,
      })),
    ]),
    ...fields.flatMap(([key, kind]) =>
      kind.brokenMembers
        ? [
            fc.tuple(soundFor(name), kind.brokenMembers).map(([sound, [member, value]]) => ({
              payload: { ...sound, [key]: withSurplus(sound[key] as Members, member, value) },
              fault: `has a ${key} with a member "${member}"`,
            })),
          ]
        : [],
    ),
  ];
  return fc.oneof(...ways).map((way) => ({ name, ...way }));
}

/** @param names the calls that may be made. */
export function brokenCalls(names: readonly CallName[] = CALL_NAMES): Arbitrary<Asked> {
  return fc.constantFrom(...names).chain(brokenFor);
}

/** Sound and broken calls; the broken are far more. */
export const anyCalls: Arbitrary<Asked> = fc.oneof(
  { weight: 9, arbitrary: brokenCalls() },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...CALL_NAMES)
      .chain((name) => soundFor(name).map((payload) => ({ name, payload, fault: null }))),
  },
);

/** One payload for each call, each as the contract wants it. */
export function soundPayloads(): Record<CallName, unknown> {
  const each = CALL_NAMES.map((name) => [name, fc.sample(soundFor(name), 1)[0]]);
  return Object.fromEntries(each) as Record<CallName, unknown>;
}
