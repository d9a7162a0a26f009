import { describe, expect, it } from 'vitest';
import type { ExportVerdict } from '../../../src-shared/proof/findings.js';
import { outcomeOf, verdictWords } from '../../../src-shared/proof/words.js';

const proven = { records: 3, decisions: 2, chains: 1, signatures: 2, receipts: 3, texts: 1 };
const clean: ExportVerdict = { untrue: [], open: [], limits: [], proven };

describe('a verdict in words', () => {
  it('says what was found true, and that all of it is', () => {
    expect(outcomeOf(clean)).toBe('proven');
    expect(verdictWords(clean)).toEqual([
      'Found true:',
      '  - decisions that are, character for character, what was hashed: 2 of 3 records',
      '  - chains in order, but for the gaps named below: 1',
      "  - entries signed by a key that the file names as their device's: 2",
      '  - receipts signed by a key of the service, about these very entries: 3',
      '  - policy texts that have the hash the decisions name: 1',
      '  - times of events are what the device said, times of receipt what the service said; nothing proves who sat at the device',
      'Result: all of it is proven by the keys that were given.',
    ]);
  });

  it('says that the origin of the key is not proven', () => {
    const verdict: ExportVerdict = { ...clean, open: [{ code: 'key-origin' }] };
    expect(outcomeOf(verdict)).toBe('open');
    const lines = verdictWords(verdict);
    expect(lines.join('\n')).toContain('origin of the key not proven');
    expect(lines.at(-1)).toBe('Result: nothing in it is false, but not all of it is proven.');
  });

  it('names the decisions of each kind once, and counts the rest', () => {
    const records = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const lines = verdictWords({
      ...clean,
      open: [
        { code: 'no-key', record: 'x' },
        ...records.map((record) => ({ code: 'no-receipt' as const, record })),
      ],
      limits: [
        { code: 'gap', chain: 'k', after: 0, before: 3 },
        { code: 'gap', chain: 'k', after: 4, before: 9 },
        ...records.slice(0, 5).map((record) => ({ code: 'erased' as const, record })),
      ],
    });
    expect(lines.slice(7)).toEqual([
      'Not proven:',
      '  - a receipt, but no key to check it by: x',
      '  - no receipt: that the service took it is not proven: a, b, c, d, e and 2 more',
      'Limits:',
      '  - chain k: what came before entry 3 is not in this file',
      '  - chain k: what came between entries 4 and 9 is not in this file',
      '  - what was said was erased; that there was something is all that is proven: a, b, c, d, e',
      'Result: nothing in it is false, but not all of it is proven.',
    ]);
  });

  it('says first what is false, and of which decision', () => {
    const verdict: ExportVerdict = {
      ...clean,
      open: [{ code: 'key-origin' }],
      untrue: [
        { code: 'digest-differs' },
        { code: 'not-as-evidence', where: '$.parts' },
        { code: 'reformatted' },
        { code: 'link', record: 'a', fault: 'not-linked' },
        { code: 'twice', record: 'b' },
        { code: 'not-theirs', record: 'c', what: 'device' },
        { code: 'key-id', kid: 'k' },
        { code: 'receipt', record: 'd', fault: 'not-in-the-batch' },
        { code: 'received-at', record: 'e' },
        { code: 'text', sha256: 'f' },
      ],
    };
    expect(outcomeOf(verdict)).toBe('false');
    const lines = verdictWords(verdict);
    expect(lines.slice(0, 11)).toEqual([
      'False:',
      '  - The file was changed after it was made: its digest is another.',
      '  - The readable part says something else than the evidence, first at $.parts.',
      '  - Only spaces, line ends, escapes or the order of members were changed. Nothing said in the file is different, but it is not the file that was made.',
      '  - Decision a: it does not follow from the entry before it.',
      '  - Decision b: it stands in the file twice.',
      '  - Decision c: it names another device than its chain or key does.',
      '  - Key k: its id is not its own.',
      '  - Decision d: its receipt is not in the batch that the service signed.',
      '  - Decision e: the service signed another time of receipt.',
      '  - The text with the hash f is not the text that was shown.',
    ]);
    expect(lines.at(-1)).toBe('Result: something in it is false.');
  });
});
