import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from './api-document.js';

/**
 * Values that the server knows, by the name of the property they may stand in. Half of the values drawn come from here where
 * the name is known: else nothing drawn would ever get past the first check.
 */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** One of them; looked up anew each time, so that what the server knows may change meanwhile. */
export function oneOf(those: readonly unknown[]): Arbitrary<unknown> {
  return fc.nat({ max: those.length - 1 }).map((index) => those[index]);
}

/** Values that a schema allows, as far as it says so; whatever a schema leaves open is any JSON. */
export function valuesOf(schema: JsonSchema, known: Known): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, known)));
  switch (schema.type) {
    case 'object':
      return objects(schema, known);
    case 'array': {
      // The most that are allowed is tried by the tests of each call; here many short ones find more.
      const { minItems = 0, maxItems = 8 } = schema;
      const lengths = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 8)) };
      return fc.array(valuesOf(schema.items ?? {}, known), lengths);
    }
    case 'string':
      return strings(schema);
    case 'integer':
      return fc.maxSafeInteger().filter((value) => isWithin(schema, value));
    case 'number':
      return fc.double({ noNaN: true }).filter((value) => isWithin(schema, value));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return schema.allOf ? valuesOf(Object.assign({}, ...schema.allOf), known) : fc.jsonValue();
  }
}

function objects(schema: JsonSchema, known: Known): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const members = Object.entries(properties).map(([name, member]): [string, Arbitrary<unknown>] => {
    const values = valuesOf(member, known);
    const those = known[name];
    return [name, those ? fc.oneof(oneOf(those), values) : values];
  });
  const whole = fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
  if (typeof additionalProperties !== 'object') return whole;
  const further = fc.dictionary(
    strings(propertyNames ?? {}),
    valuesOf(additionalProperties, known),
    { maxKeys: 4 },
  );
  return fc.tuple(further, whole).map(([more, own]) => ({ ...more, ...own }));
}

function strings(schema: JsonSchema): Arbitrary<string> {
  const { minLength = 0, maxLength = 200, format } = schema;
  const patterns = [schema, ...(schema.allOf ?? [])].flatMap(({ pattern }) => pattern ?? []);
  const allowed = (text: string): boolean =>
    text.length >= minLength &&
    text.length <= maxLength &&
    patterns.every((pattern) => new RegExp(pattern, 'u').test(text));
  if (format === 'email') return fc.emailAddress({ size: 'small' }).filter(allowed);
  if (format === 'date-time' || patterns.some((pattern) => pattern.includes('T('))) {
    const times = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    return times.map((time) => time.toISOString()).filter(allowed);
  }
  const [first] = patterns;
  if (first !== undefined) return fc.stringMatching(new RegExp(first, 'u')).filter(allowed);
  const length = { minLength, maxLength: Math.min(maxLength, 200) };
  return fc.string({ ...length, unit: 'binary' }).filter(allowed);
}

function isWithin({ minimum = -Infinity, maximum = Infinity }: JsonSchema, value: number): boolean {
  return value >= minimum && value <= maximum;
}
