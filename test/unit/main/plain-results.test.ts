import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlain, pushedReader } from '../../../src-main/api/plain-results.js';
import { parseWithoutProto } from '../../../src-main/api/request.js';
import { pushedSchema } from '../../../src-shared/api-contract.js';
import { tries } from '../../support/client/property.js';
import { idAt } from '../../support/client/sample-decision.js';

const hash = 'ab'.repeat(32);
const result = (at: number) => ({
  id: idAt(at),
  status: 'received',
  receivedAt: '2026-11-22T10:00:00.000Z',
  receipt: {
    leaf: { id: idAt(at), entryHash: hash, type: 'refusal', signed: true },
    index: at,
    path: [hash, hash],
    jws: 'a.b.c',
  },
});

const value = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, 0, -1, 1.5, 2 ** 53, '', 'refused', [], {}),
  fc.constantFrom<unknown>(hash, hash.toUpperCase(), [hash], [hash, 7], Array(41).fill(hash)),
  fc.constantFrom<unknown>('repeated', 'consent', 'x'.repeat(2001), idAt(9), '2026-02-30T10:00Z'),
  fc.constantFrom<unknown>('2026-02-29T10:00:00.000Z', '2026-11-22T10:00:00.1234Z'),
  fc.string(),
  fc.integer(),
);
/** Where something may be changed, by names. */
const places = [
  ...['id', 'status', 'receivedAt', 'receipt', 'problem', 'more'].map((name) => [name]),
  ...['leaf', 'index', 'path', 'jws', 'more'].map((name) => ['receipt', name]),
  ...['id', 'entryHash', 'type', 'signed', 'more'].map((name) => ['receipt', 'leaf', name]),
];

function changed(from: unknown, [name = '', ...further]: readonly string[], now: unknown): unknown {
  const members = from as Record<string, unknown>;
  const member = further.length === 0 ? now : changed(members[name], further, now);
  return { ...members, [name]: member };
}
/** As an answer brings it: what is undefined is not there. */
const brought = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

describe('an answer that takes everything', () => {
  it('is told without its schema, and read as by it', () => {
    const answer = brought({ results: [0, 1, 2].map(result) });
    expect(isPlain(answer)).toBe(true);
    expect(pushedSchema.parse(answer)).toEqual(answer);
    expect(pushedReader.safeParse(answer)).toEqual({ success: true, data: answer });
  });

  it('is never one that its schema does not take or would change', () => {
    let plain = 0;
    const change = fc.tuple(fc.constantFrom(...places), value);
    const property = fc.property(change, fc.nat({ max: 2 }), ([place, now], at) => {
      const results: unknown[] = [0, 1, 2].map(result);
      results[at] = changed(results[at], place, now);
      const answer = brought({ results });
      const bySchema = pushedSchema.safeParse(answer);
      plain += Number(isPlain(answer));
      if (isPlain(answer)) expect(bySchema.data).toEqual(answer);
      expect(pushedReader.safeParse(answer)).toMatchObject(
        bySchema.success ? { success: true, data: bySchema.data } : { success: false },
      );
    });
    fc.assert(property, tries(2000));
    expect(plain).toBeGreaterThan(10);
    for (const other of [null, [], {}, { results: {} }, { results: [], more: 1 }]) {
      expect([other, isPlain(other)]).toEqual([other, false]);
    }
    expect(isPlain({ results: Array.from({ length: 501 }, (_, at) => result(at)) })).toBe(false);
  });
});

const namesProto = (value: unknown): boolean =>
  value instanceof Object &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(namesProto));

describe('an answer with a member named `__proto__`', () => {
  it('is none, however that is written; everything else is read as it is', () => {
    const names = [
      '"__proto__"',
      '"__pr\\u006fto__"',
      '"\\u005f_proto__"',
      '"\\u005F\\u005fproto__"',
    ];
    for (const name of names) {
      expect(() => parseWithoutProto(`{"a":[{${name}:1}]}`), name).toThrow(SyntaxError);
    }
    // The texts made up here have such members too, now and then.
    const property = fc.property(fc.json(), (text) => {
      const read: unknown = JSON.parse(text);
      if (namesProto(read)) expect(() => parseWithoutProto(text)).toThrow(SyntaxError);
      else expect(parseWithoutProto(text)).toEqual(read);
    });
    fc.assert(property, tries(500));
    expect(parseWithoutProto('["__proto__"]')).toEqual(['__proto__']);
  });
});
