import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainPress } from '../../../src-main/ipc/decide-payload.js';
import { callSchemas } from '../../../src-shared/ipc-schemas.js';

const schema = callSchemas['consent.decide'];
/** Ids as they should be and nearly so: a letter short, too long, in capitals, with a line's end. */
const id = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/),
  fc.constantFrom('', '-a', 'A', 'a\n', 'a b', 'a'.repeat(64), 'a'.repeat(65), 'toString'),
  fc.anything(),
);
const purpose = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/) },
  fc.constantFrom('*', '', 'A', 'a\n', 'constructor', 'a'.repeat(65)),
);
const choice = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('granted', 'denied') },
  fc.constantFrom('erased', null, true),
);
const whole = {
  service: id,
  revision: fc.oneof(
    fc.nat(),
    fc.constantFrom(-1, -0, 1.5, 2 ** 53, Number.MAX_SAFE_INTEGER, '1', null),
  ),
  action: fc.constantFrom(...schema.shape.action.options, 'signal', 'toString', null),
  surface: fc.constantFrom(...schema.shape.surface.options, 'import', null),
  choices: fc.oneof(
    { weight: 8, arbitrary: fc.dictionary(purpose, choice, { maxKeys: 60 }) },
    fc.constantFrom(null, [], 'granted'),
  ),
};
const payload = fc.oneof(
  { weight: 4, arbitrary: fc.record(whole) },
  fc.record(whole, { requiredKeys: [] }),
  fc.record({ ...whole, more: fc.constant(1) }),
);

it('takes nothing that the schema refuses, and hands it on as the schema would', () => {
  fc.assert(
    fc.property(payload, (given) => {
      const taken = plainPress(given);
      if (taken === null) return;
      const parsed = schema.safeParse(given);
      expect(parsed.success).toBe(true);
      expect(parsed.data).toStrictEqual({ ...taken, choices: { ...taken.choices } });
    }),
    { numRuns: 5000 },
  );
});

it('takes what every window sends, so that the schema is hardly ever asked', () => {
  const said = { service: 'integro', revision: 3, surface: 'settings' } as const;
  const save = { ...said, action: 'save', choices: { analytics: 'granted' } } as const;
  expect(plainPress(save)).toEqual(save);
  for (const action of schema.shape.action.options) {
    expect(plainPress({ ...said, action, choices: {} })).toEqual({ ...said, action, choices: {} });
  }
});

it('counts to as many choices as the schema', () => {
  const choices = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, 'denied']));
  const press = (count: number) => ({
    service: 'integro',
    revision: 0,
    action: 'save',
    surface: 'settings',
    choices: choices(count),
  });
  expect(plainPress(press(50))).toEqual(press(50));
  expect(plainPress(press(51))).toBeNull();
  expect(schema.safeParse(press(51)).success).toBe(false);
});
