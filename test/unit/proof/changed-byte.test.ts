import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportDocument } from '../../../src-shared/proof/export.js';
import { outcomeOf } from '../../../src-shared/proof/words.js';
import { sha256 } from './support/keys.js';
import {
  bareEntry,
  chainOf,
  decisionAt,
  erased,
  inputOf,
  PRESSES,
  received,
} from './support/ledger-of.js';
import { check, GIVEN } from './support/verdicts.js';

/** An export with something of every kind in it. */
async function everyKind(): Promise<string> {
  const decisions = PRESSES.map((press, index) => decisionAt(index + 1, press));
  const [first, ...others] = await received([
    ...chainOf(decisions),
    bareEntry(decisionAt(4, { action: 'acknowledge' })),
  ]);
  return exportDocument(sha256, [inputOf([erased(first!), ...others])]);
}

/** Whether a file passes: read, nothing false. Not all of it need be proven. */
async function passes(bytes: Uint8Array): Promise<boolean> {
  const checked = await check(bytes, GIVEN);
  return checked.ok && outcomeOf(checked.value) !== 'false';
}

describe('a changed byte', () => {
  it('anywhere in the file is found out, whatever it becomes', async () => {
    const bytes = Buffer.from(await everyKind());
    expect(await passes(bytes)).toBe(true);
    const change = fc.record({
      at: fc.nat(bytes.length - 1),
      by: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, by }) => {
        const changed = Buffer.from(bytes);
        changed[at] = (bytes[at] ?? 0) ^ by;
        expect(await passes(changed)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('that leaves the file well-formed is found out too', async () => {
    const text = await everyKind();
    // Letters, digits and spaces: what may become another letter, digit or space without breaking the form.
    const places = [...text.matchAll(/[A-Za-z0-9 \n]/g)].map(({ index }) => index);
    const other = (char: string): string => {
      if (char === ' ') return '\n';
      if (char === '\n') return ' ';
      if (char >= '0' && char <= '9') return char === '1' ? '2' : '1';
      return char === 'a' ? 'b' : 'a';
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async (at) => {
        const changed = text.slice(0, at) + other(text.charAt(at)) + text.slice(at + 1);
        expect(await passes(Buffer.from(changed))).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('more or less is found out', async () => {
    const bytes = Buffer.from(await everyKind());
    const change = fc.record({
      at: fc.nat(bytes.length),
      byte: fc.constantFrom(...Buffer.from(' \n0a"{}[],:\\')),
      less: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, byte, less }) => {
        const behind = bytes.subarray(less ? at + 1 : at);
        if (less && at === bytes.length) return;
        const middle = less ? [] : [Buffer.from([byte])];
        const changed = Buffer.concat([bytes.subarray(0, at), ...middle, behind]);
        expect(await passes(changed)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('is found out by the evidence alone, with the digest made new', async () => {
    const document = JSON.parse(await everyKind()) as { evidence: { entries: object[] }[] };
    const hex = /[0-9a-f]{64}/g;
    const evidence = JSON.stringify(document.evidence);
    const places = [...evidence.matchAll(hex)].map(({ index }) => index);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(63), async (start, offset) => {
        const at = start + offset;
        const char = evidence.charAt(at) === '0' ? '1' : '0';
        const changed = evidence.slice(0, at) + char + evidence.slice(at + 1);
        const parts = JSON.parse(changed) as Parameters<typeof inputOf>[1][];
        const inputs = parts.map((part) => {
          const input = inputOf([], part);
          const entries = input.entries.map((entry) => ({ ...entry, shown: null }));
          return { ...input, entries };
        });
        const text = exportDocument(sha256, inputs);
        expect(await passes(Buffer.from(text))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
