import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../src-shared/consent/decision.js';
import { canonicalJson } from '../../../../src-shared/ledger/canonical.js';
import {
  bareHashOf,
  decisionTypeOf,
  entryHashOf,
  payloadHashOf,
  remainsOf,
  remainsSpeakAbout,
  signedBytesOf,
} from '../../../../src-shared/ledger/entry.js';
import {
  secondBareHash,
  secondEntryHash,
  secondPayloadHash,
} from '../../../support/second/hashes.js';
import { canonicalValue, chainHeader, salt, sha256 } from './arbitraries.js';

describe('the hashes of the ledger', () => {
  it('are those of a second implementation: payload and bare decision', () => {
    fc.assert(
      fc.property(salt, canonicalValue, (some, decision) => {
        const jcs = canonicalJson(decision);
        expect(payloadHashOf(sha256, some, jcs)).toBe(secondPayloadHash(some, decision));
        expect(bareHashOf(sha256, jcs)).toBe(secondBareHash(decision));
      }),
      { numRuns: 300 },
    );
  });

  it('are those of a second implementation: entry', () => {
    fc.assert(
      fc.property(chainHeader, (header) => {
        expect(entryHashOf(sha256, header)).toBe(secondEntryHash(header));
      }),
      { numRuns: 300 },
    );
  });

  it('take nothing of an entry but its header', () => {
    const header = {
      v: 1 as const,
      chain: 'c',
      seq: 1,
      prev: '0'.repeat(64),
      payloadHash: '1'.repeat(64),
    };
    const more = { ...header, entryHash: 'x', payload: null };
    expect(entryHashOf(sha256, more)).toBe(entryHashOf(sha256, header));
  });

  it('are these, for ever', () => {
    // Worked out by hand with `printf … | sha256sum`, so that neither implementation can drift with the other.
    const header = {
      v: 1 as const,
      chain: 'chain-1',
      seq: 1,
      prev: '0'.repeat(64),
      payloadHash: 'a'.repeat(64),
    };
    expect(entryHashOf(sha256, header)).toBe(
      'ba3150e171d077e7dc3b50d3f28778f026daffb4984df38ab4f3917fb0f83306',
    );
    expect(bareHashOf(sha256, '{"a":1}')).toBe(
      '53670eb6f80809856d8bf3d00158057396738893afe1ad1500d5b514f931b416',
    );
    expect(payloadHashOf(sha256, 'A'.repeat(43), '{"a":1}')).toBe(
      'b06a229070741292512e8760f470dd7a4c46ccfdf253df781d88dabe58c1ccb1',
    );
  });

  it('are signed as their 32 bytes', () => {
    expect(signedBytesOf('00ff'.repeat(16))).toEqual(
      Uint8Array.from({ length: 32 }, (_, index) => (index % 2 === 0 ? 0 : 255)),
    );
  });
});

const said = (choices: Decision['choices'], action: Decision['action'] = 'save') => ({
  id: 'x',
  action,
  choices,
  supersedes: { analytics: ['y'] },
});

describe('what is left of a decision', () => {
  it('is its id, its purposes in order and what it superseded', () => {
    expect(remainsOf(said({ functional: 'denied', analytics: 'denied' }))).toEqual({
      id: 'x',
      purposes: ['analytics', 'functional'],
      supersedes: { analytics: ['y'] },
    });
  });

  it('speaks about its purposes, or through * about every one', () => {
    expect(remainsSpeakAbout({ purposes: ['analytics'] }, 'analytics')).toBe(true);
    expect(remainsSpeakAbout({ purposes: ['analytics'] }, 'functional')).toBe(false);
    expect(remainsSpeakAbout({ purposes: ['*'] }, 'functional')).toBe(true);
    expect(remainsSpeakAbout({ purposes: [] }, 'functional')).toBe(false);
  });
});

describe('the type of a decision', () => {
  it.each([
    ['consent', said({ analytics: 'granted' })],
    ['consent', said({ analytics: 'granted', functional: 'denied' })],
    ['refusal', said({ analytics: 'denied' })],
    ['refusal', said({ '*': 'denied' }, 'withdraw')],
    ['acknowledgement', said({}, 'acknowledge')],
    ['consent', said({})],
  ])('is %s', (type, decision) => {
    expect(decisionTypeOf(decision)).toBe(type);
  });
});
