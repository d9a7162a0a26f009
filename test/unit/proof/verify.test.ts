import { describe, expect, it } from 'vitest';
import { exportDocument } from '../../../src-shared/proof/export.js';
import type { ExportEntry, ExportInput } from '../../../src-shared/proof/types.js';
import { outcomeOf } from '../../../src-shared/proof/words.js';
import { sha256, signHash, testKey } from './support/keys.js';
import {
  BASE_ADDRESS,
  bareEntry,
  chainOf,
  decisionAt,
  DEVICE,
  erased,
  idAt,
  inputOf,
  POLICY,
  PRESSES,
  received,
  SERVER,
  usualInput,
} from './support/ledger-of.js';
import { check, GIVEN, verdictOn } from './support/verdicts.js';

const decisions = PRESSES.map((press, index) => decisionAt(index + 1, press));

/** The same input with one entry changed. */
function withEntry(
  input: ExportInput,
  at: number,
  change: (entry: ExportEntry) => Partial<ExportEntry>,
): ExportInput {
  const entries = input.entries.map((entry, index) =>
    index === at ? { ...entry, ...change(entry) } : entry,
  );
  return { ...input, entries };
}

/** The same bytes for a lenient reader: only bits that no byte uses are others. */
function unusual(salt: string | null): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(salt?.at(-1) ?? '');
  return `${salt?.slice(0, -1)}${alphabet.charAt(last + 1)}`;
}

describe('an untouched export', () => {
  it('is proven by the keys that were given', async () => {
    const verdict = await verdictOn(await usualInput());
    expect(verdict).toEqual({
      untrue: [],
      open: [],
      limits: [],
      proven: { records: 3, decisions: 3, chains: 1, signatures: 3, receipts: 3, texts: 1 },
    });
    expect(outcomeOf(verdict)).toBe('proven');
  });

  it('leaves the origin of the key open where only its own keys are there', async () => {
    const verdict = await verdictOn(await usualInput(), null);
    expect(verdict).toMatchObject({ untrue: [], open: [{ code: 'key-origin' }] });
    expect(verdict.proven.receipts).toBe(3);
    expect(outcomeOf(verdict)).toBe('open');
  });

  it('leaves open what has no receipt, and what has one but no key', async () => {
    const unsent = inputOf(chainOf(decisions));
    expect((await verdictOn(unsent)).open).toEqual(
      [1, 2, 3].map((n) => ({ code: 'no-receipt', record: idAt(n) })),
    );
    const keyless = { ...(await usualInput()), serverKeys: [] };
    expect((await verdictOn(keyless, null)).open).toEqual([
      { code: 'key-origin' },
      ...[1, 2, 3].map((n) => ({ code: 'no-key', record: idAt(n) })),
    ]);
    expect((await verdictOn(keyless)).open).toEqual([]);
  });

  it('says what is erased, unsigned, without a chain or without its text', async () => {
    const [first, second, third] = await received([
      ...chainOf(decisions.slice(0, 2)),
      bareEntry(decisionAt(3, PRESSES[2]!)),
    ]);
    const input = inputOf([
      erased(first!),
      { ...second!, shown: null },
      { ...third!, shown: null },
    ]);
    const verdict = await verdictOn(input);
    expect(verdict.untrue).toEqual([]);
    expect(verdict.open).toEqual([]);
    expect(verdict.limits).toEqual([
      { code: 'erased', record: idAt(1) },
      { code: 'no-text', record: idAt(2) },
      { code: 'no-chain', record: idAt(3) },
      { code: 'no-text', record: idAt(3) },
    ]);
    expect(verdict.proven).toEqual({
      ...{ records: 3, decisions: 2, chains: 1, signatures: 2, receipts: 3, texts: 0 },
    });
    const local = chainOf(decisions.map((one) => ({ ...one, subject: null })));
    const signedOut = inputOf(
      local.map((entry) => ({ ...entry, signature: null })),
      { subject: { kind: 'device', id: 'device-1' }, deviceKeys: [] },
    );
    const { untrue, limits } = await verdictOn(signedOut);
    expect(untrue).toEqual([]);
    expect(limits).toEqual([1, 2, 3].map((n) => ({ code: 'not-signed', record: idAt(n) })));
  });

  it('says which entries of a chain are not in it', async () => {
    const five = [1, 2, 3, 4, 5].map((n) =>
      decisionAt(n, { action: 'necessary-only', choices: { analytics: 'denied' } }),
    );
    const entries = await received(chainOf(five));
    const verdict = await verdictOn(inputOf(entries.filter((_, at) => at === 1 || at === 4)));
    expect(verdict.untrue).toEqual([]);
    expect(verdict.limits).toEqual([
      { code: 'gap', chain: 'chain-1', after: 0, before: 2 },
      { code: 'gap', chain: 'chain-1', after: 2, before: 5 },
    ]);
    expect(outcomeOf(verdict)).toBe('proven');
  });

  it('may hold a chain that begins with any number, and several chains and devices', async () => {
    const other = { ...decisionAt(7, PRESSES[0]!), device: 'device-2' };
    const key = testKey('device-2');
    const [late] = chainOf([other], 'chain-2');
    const signature = { kid: key.kid, signature: signHash(key, late!.link!.entryHash) };
    const entries = await received([...chainOf(decisions), { ...late!, signature }]);
    const { deviceKeys } = inputOf([]);
    const known = [...deviceKeys, { ...key.publicKey, kid: key.kid, device: 'device-2' }];
    const verdict = await verdictOn(inputOf(entries, { deviceKeys: known }));
    expect(verdict).toMatchObject({ untrue: [], open: [], limits: [] });
    expect(verdict.proven).toMatchObject({ chains: 2, signatures: 4 });
  });
});

describe('a forged export, made whole again with its own digest,', () => {
  const forged: [string, (input: ExportInput) => ExportInput | Promise<ExportInput>, unknown[]][] =
    [
      [
        'with a refusal turned into a grant',
        (input) =>
          withEntry(input, 1, ({ decision }) => ({
            decision: { ...decision!, choices: { analytics: 'granted' } },
          })),
        [
          { code: 'link', record: idAt(2), fault: 'payload-changed' },
          { code: 'receipt', record: idAt(2), fault: 'about-something-else' },
        ],
      ],
      [
        'with another time of pressing',
        (input) =>
          withEntry(input, 0, ({ decision }) => ({
            decision: { ...decision!, at: '2026-11-20T10:00:01.001Z' },
          })),
        [{ code: 'link', record: idAt(1), fault: 'payload-changed' }],
      ],
      [
        'with another salt',
        (input) => withEntry(input, 0, () => ({ salt: 'A'.repeat(43) })),
        [{ code: 'link', record: idAt(1), fault: 'payload-changed' }],
      ],
      [
        'with another payload hash',
        (input) =>
          withEntry(input, 0, ({ link }) => ({ link: { ...link!, payloadHash: '1'.repeat(64) } })),
        [{ code: 'link', record: idAt(1), fault: 'header-changed' }],
      ],
      [
        'with another entry before it',
        (input) =>
          withEntry(input, 1, ({ link }) => ({ link: { ...link!, prev: '1'.repeat(64) } })),
        [{ code: 'link', record: idAt(2), fault: 'not-linked' }],
      ],
      [
        'with a signature by another key',
        (input) =>
          withEntry(input, 0, ({ link }) => ({
            signature: { kid: DEVICE.kid, signature: signHash(testKey('thief'), link!.entryHash) },
          })),
        [{ code: 'link', record: idAt(1), fault: 'not-signed' }],
      ],
      [
        'with a signature by a key that is not in it',
        (input) => ({ ...input, deviceKeys: [] }),
        [1, 2, 3].map((n) => ({ code: 'link', record: idAt(n), fault: 'not-signed' })),
      ],
      [
        'with a signature left out',
        (input) => withEntry(input, 0, () => ({ signature: null })),
        [{ code: 'receipt', record: idAt(1), fault: 'about-something-else' }],
      ],
      [
        'with two entries under one number',
        async (input) => {
          const again = { ...decisionAt(3, PRESSES[1]!), id: idAt(9) };
          const rival = chainOf([...decisions.slice(0, 2), again])[2]!;
          return { ...input, entries: [...input.entries, ...(await received([rival]))] };
        },
        [{ code: 'link', record: idAt(9), fault: 'out-of-order' }],
      ],
      [
        'with one entry twice',
        (input) => ({ ...input, entries: [...input.entries, input.entries[2]!] }),
        [
          { code: 'twice', record: idAt(3) },
          { code: 'link', record: idAt(3), fault: 'out-of-order' },
        ],
      ],
      [
        'that names another account',
        (input) => ({ ...input, subject: { kind: 'account', id: 'account-2' } }),
        [1, 2, 3].map((n) => ({ code: 'not-theirs', record: idAt(n), what: 'subject' })),
      ],
      [
        'that passes an account off as the signed-out person',
        (input) => ({ ...input, subject: { kind: 'device', id: 'device-1' } }),
        [1, 2, 3].map((n) => ({ code: 'not-theirs', record: idAt(n), what: 'subject' })),
      ],
      [
        'that names another service',
        (input) => ({ ...input, service: { ...input.service, id: 'katror' } }),
        [1, 2, 3].flatMap((n) => [
          { code: 'not-theirs', record: idAt(n), what: 'service' },
          { code: 'receipt', record: idAt(n), fault: 'about-something-else' },
        ]),
      ],
      [
        'that names another issuer',
        (input) => ({
          ...input,
          service: { ...input.service, baseAddress: 'https://example.org/sayso' },
        }),
        [1, 2, 3].map((n) => ({ code: 'receipt', record: idAt(n), fault: 'about-something-else' })),
      ],
      [
        'with a key of another device',
        (input) => ({
          ...input,
          deviceKeys: input.deviceKeys.map((key) => ({ ...key, device: 'device-2' })),
        }),
        [1, 2, 3].map((n) => ({ code: 'not-theirs', record: idAt(n), what: 'device' })),
      ],
      [
        'with a device key under a name that is not its own',
        (input) => ({
          ...input,
          deviceKeys: [
            ...input.deviceKeys,
            { ...testKey('x').publicKey, kid: DEVICE.kid.replace(/./, '_'), device: 'd' },
          ],
        }),
        [{ code: 'key-id', kid: DEVICE.kid.replace(/./, '_') }],
      ],
      [
        'with two keys of the service under one name',
        (input) => ({ ...input, serverKeys: [...input.serverKeys, ...input.serverKeys] }),
        [{ code: 'key-id', kid: SERVER.kid }],
      ],
      [
        'with another time of receipt',
        (input) => withEntry(input, 0, () => ({ receivedAt: '2026-11-20T10:00:04.000Z' })),
        [{ code: 'received-at', record: idAt(1) }],
      ],
      [
        'with the receipt of another decision',
        (input) => withEntry(input, 0, () => ({ receipt: input.entries[1]!.receipt })),
        [{ code: 'receipt', record: idAt(1), fault: 'about-something-else' }],
      ],
      [
        'with a receipt that leads to another root',
        (input) =>
          withEntry(input, 0, ({ receipt }) => ({
            receipt: { ...receipt!, path: ['1'.repeat(64), ...receipt!.path.slice(1)] },
          })),
        [{ code: 'receipt', record: idAt(1), fault: 'not-in-the-batch' }],
      ],
      [
        'with a receipt by somebody else',
        async (input) => ({
          ...input,
          entries: await received(chainOf(decisions), { server: testKey('thief') }),
        }),
        [1, 2, 3].map((n) => ({ code: 'receipt', record: idAt(n), fault: 'not-signed' })),
      ],
    ];

  it.each(forged)('%s is found out', async (_, change, findings) => {
    const verdict = await verdictOn(await change(await usualInput()));
    for (const finding of findings) expect(verdict.untrue).toContainEqual(finding);
    expect(verdict.untrue.some(({ code }) => code === 'digest-differs')).toBe(false);
    expect(outcomeOf(verdict)).toBe('false');
  });

  it('with a number that is not that of its place is found out', async () => {
    const [entry] = chainOf([decisionAt(1, PRESSES[0]!)]);
    const moved = { ...decisionAt(1, PRESSES[0]!), seq: 2 };
    const input = inputOf([{ ...entry!, decision: moved }]);
    expect((await verdictOn(input)).untrue).toContainEqual({
      ...{ code: 'not-theirs', record: idAt(1), what: 'number' },
    });
  });

  it('with a chain over two devices is found out', async () => {
    const [one, two] = [
      decisionAt(1, PRESSES[0]!),
      { ...decisionAt(2, PRESSES[1]!), device: 'device-2' },
    ];
    const { untrue } = await verdictOn(inputOf(chainOf([one, two])));
    expect(untrue).toContainEqual({ code: 'not-theirs', record: idAt(2), what: 'device' });
  });

  it('whose service signs with a key that only the file knows is found out by the given keys alone', async () => {
    const thief = testKey('thief');
    const entries = await received(chainOf(decisions), { server: thief });
    const input = inputOf(entries, { serverKeys: [{ ...thief.publicKey, kid: thief.kid }] });
    expect(outcomeOf(await verdictOn(input, null))).toBe('open');
    expect(outcomeOf(await verdictOn(input, GIVEN))).toBe('false');
  });

  it('with a receipt that claims another service signed under the same address is found out', async () => {
    const entries = await received(chainOf(decisions), { service: 'katror', iss: BASE_ADDRESS });
    expect((await verdictOn(inputOf(entries))).untrue).toHaveLength(3);
  });
});

describe('the readable part', () => {
  it('cannot say anything that the evidence does not', async () => {
    const text = exportDocument(sha256, [await usualInput()]);
    const changed = text.replace(
      '"event_state": "ConsentRefused"',
      '"event_state": "ConsentGiven"',
    );
    expect(changed).not.toBe(text);
    const checked = await check(changed);
    expect(checked).toMatchObject({
      value: {
        untrue: [
          { code: 'digest-differs' },
          {
            code: 'not-as-evidence',
            where: '$.parts[0].records[1].purposes[0].events[0].event_state',
          },
        ],
      },
    });
  });

  it('cannot show another text than the one that was read', async () => {
    const input = await usualInput();
    const other = { ...POLICY, label: { ...POLICY.label, summary: 'We do nothing.' } };
    const wrong = input.entries.map((entry) => ({ ...entry, shown: other }));
    const left = exportDocument(sha256, [{ ...input, entries: wrong }]);
    expect(left).not.toContain('We do nothing.');
    const text = exportDocument(sha256, [input]);
    const changed = text.replace(JSON.stringify(POLICY.label.summary), '"We do nothing."');
    expect(changed).not.toBe(text);
    const checked = await check(changed);
    const sha = input.entries[0]?.decision?.policy.sha256;
    expect(checked.ok && checked.value.untrue).toContainEqual({ code: 'text', sha256: sha });
  });

  it('counts as reformatted where only its form is another', async () => {
    const text = exportDocument(sha256, [await usualInput()]);
    const value = JSON.parse(text) as Record<string, unknown>;
    for (const other of [
      JSON.stringify(value),
      text.replaceAll('\n', '\r\n'),
      text.trimEnd(),
      JSON.stringify(Object.fromEntries(Object.entries(value).reverse()), null, 2) + '\n',
      text.replace('"Integro"', '"\\u0049ntegro"'),
    ]) {
      const checked = await check(other);
      expect(checked).toMatchObject({ value: { untrue: [{ code: 'reformatted' }] } });
    }
  });
});

describe('a file that is no export', () => {
  it('is one whose salt or signature is not base64url in its only form', async () => {
    const input = await usualInput();
    const text = exportDocument(sha256, [input]);
    const { salt, signature } = input.entries[0]!;
    for (const [written, where] of [
      [salt, '$.evidence.0.entries.0.salt'],
      [signature!.signature, '$.evidence.0.entries.0.signature.signature'],
    ] as const) {
      const checked = await check(text.replace(`"${written}"`, `"${unusual(written)}"`));
      expect(checked).toMatchObject({ ok: false, error: { where } });
    }
  });

  it.each<[string, string, string, string]>([
    ['nothing', '', '$, character 0', 'unexpected end'],
    ['a list', '[]', '$.', 'Invalid input: expected object, received array'],
    ['another form', '{"format":"x"}', '$.format', 'Invalid input: expected "sayso-export-1"'],
    ['a name twice', '{"format":1,"format":1}', '$.format, character 12', 'duplicate name'],
  ])('is not read: %s', async (_, text, where, reason) => {
    expect(await check(text)).toEqual({ ok: false, error: { where, reason } });
  });
});
