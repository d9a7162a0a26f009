import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import { EXPORT_CONTEXT } from '../../../src-shared/proof/context.js';
import { exportDocument } from '../../../src-shared/proof/export.js';
import { sha256 } from './support/keys.js';
import {
  bareEntry,
  chainOf,
  decisionAt,
  erased,
  idAt,
  inputOf,
  PRESSES,
  received,
  usualInput,
} from './support/ledger-of.js';

type Json = Record<string, unknown>;

const DPV = 'https://w3id.org/dpv#';

/** Expands without any network: whatever is asked for is refused. In safe mode nothing may be dropped unseen. */
async function expand(document: Json): Promise<Json[]> {
  const documentLoader = (url: string): never => {
    throw new Error(`the network was asked for ${url}`);
  };
  const options = { documentLoader, safe: true };
  return await jsonld.expand(document, options);
}

async function everyKind(): Promise<Json> {
  const acknowledged = decisionAt(4, { action: 'acknowledge' });
  const entries = await received([
    ...chainOf([...PRESSES.map((press, index) => decisionAt(index + 1, press)), acknowledged]),
    bareEntry(decisionAt(5, { action: 'signal', choices: { advertising: 'denied' } })),
  ]);
  const mixed = entries.map((entry, index) => (index === 1 ? erased(entry) : entry));
  const unsent = chainOf(
    [decisionAt(6, { action: 'necessary-only', choices: { other: 'denied' } })],
    'chain-2',
  );
  return JSON.parse(
    exportDocument(sha256, [inputOf([...mixed, ...unsent]), await usualInput()]),
  ) as Json;
}

/** Names of members anywhere in a value, but not inside what is one literal to JSON-LD. */
function namesIn(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  if (Array.isArray(value)) return new Set(value.flatMap((one) => [...namesIn(one)]));
  return new Set(
    Object.entries(value).flatMap(([name, inside]) =>
      name === '@context' || name === 'evidence' || name === 'text'
        ? [name]
        : [name, ...namesIn(inside)],
    ),
  );
}

/** Every value of a property anywhere in an expanded document. */
function valuesOf(value: unknown, property: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]: [string, unknown]): unknown[] => [
    ...(name === property ? (Array.isArray(inside) ? (inside as unknown[]) : [inside]) : []),
    ...valuesOf(inside, property),
  ]);
}

function countIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inside) => sum + countIn(inside), 0);
}

describe('an export as JSON-LD', () => {
  it('expands without a network and loses nothing', async () => {
    const document = await everyKind();
    const expanded = await expand(document);
    const known = namesIn(expanded);
    const context = EXPORT_CONTEXT as unknown as Record<string, string | { '@id': string }>;
    for (const name of namesIn(document)) {
      if (name.startsWith('@')) continue;
      expect(context, `the context has no ${name}`).toHaveProperty(name);
      const meaning = context[name];
      const iri = typeof meaning === 'string' ? meaning : (meaning?.['@id'] ?? '');
      if (iri.startsWith('@')) continue;
      const [prefix = '', term = ''] = iri.split(':');
      const full = `${context[prefix] as string}${term}`;
      expect(known, `${name} is gone`).toContain(full);
    }
  });

  it('keeps every value: as many in the expansion as in the file', async () => {
    const whole = await everyKind();
    const document = Object.fromEntries(
      Object.entries(whole).filter(([name]) => name !== '@context'),
    );
    const values = (one: unknown): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one).flatMap(values) : [one];
    const expanded = JSON.stringify(await expand({ '@context': EXPORT_CONTEXT, ...document }));
    for (const value of values(document)) {
      if (typeof value === 'string' && context(value) === undefined) {
        expect(expanded).toContain(JSON.stringify(value).slice(1, -1));
      }
    }
    expect(countIn(document)).toBeGreaterThan(300);
  });

  it('is refused by a processor where a name has no meaning', async () => {
    const document = await everyKind();
    await expect(expand({ ...document, unknown_name: 1 })).rejects.toThrow();
  });

  it('keeps evidence and texts to the letter', async () => {
    const document = await everyKind();
    const expanded = await expand(document);
    const evidence = valuesOf(expanded, `${EXPORT_CONTEXT.sayso}evidence`);
    expect(evidence).toEqual([{ '@type': '@json', '@value': document['evidence'] }]);
    const [part] = document['parts'] as { notices: { text: unknown }[] }[];
    expect(valuesOf(expanded, `${EXPORT_CONTEXT.sayso}text`)).toContainEqual({
      '@type': '@json',
      '@value': part?.notices[0]?.text,
    });
  });

  it('says with DPV what was given, refused, withdrawn and erased', async () => {
    const expanded = await expand(await everyKind());
    const states = valuesOf(expanded, `${DPV}hasConsentStatus`).map(
      (event) => (event as Json)['@type'],
    );
    expect(new Set(states.flat())).toEqual(
      new Set(
        ['ConsentGiven', 'ConsentRefused', 'ConsentWithdrawn', 'ConsentUnknown'].map(
          (term) => DPV + term,
        ),
      ),
    );
    const categories = valuesOf(expanded, 'http://www.w3.org/2004/02/skos/core#broader');
    expect(new Set(categories.map((one) => (one as Json)['@id']))).toEqual(
      new Set(
        ['UserInterfacePersonalisation', 'ServiceUsageAnalytics', 'Advertising', 'Purpose'].map(
          (term) => DPV + term,
        ),
      ),
    );
  });

  it('names records by their own ids, and texts by their hash', async () => {
    const expanded = await expand(await everyKind());
    const ids = valuesOf(expanded, '@id') as string[];
    expect(ids).toContain(`urn:uuid:${idAt(1)}`);
    expect(ids.filter((id) => id.startsWith('ni:///sha-256;')).length).toBeGreaterThan(0);
    expect(ids.every((id) => /^(urn:uuid:|ni:\/\/\/|https:\/\/)/.test(id))).toBe(true);
  });
});

function context(value: string): unknown {
  return (EXPORT_CONTEXT as unknown as Record<string, unknown>)[value];
}
