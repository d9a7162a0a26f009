import { expect, it } from 'vitest';
import { prefersBrief } from '../../../src-server/http/prefer.js';

it('a preference for few words is read as RFC 7240 writes it, and no other is taken for it', () => {
  const asked = [
    'return=minimal',
    'Return=Minimal',
    'return = "minimal"',
    'respond-async, return=minimal; foo=bar',
    ['wait=10', 'return=minimal'],
    'return=minimal, return=representation',
  ];
  for (const header of asked) expect([header, prefersBrief(header)]).toEqual([header, true]);
  const others = [
    undefined,
    '',
    'return',
    'return=representation',
    'return=representation, return=minimal',
    'x-return=minimal',
    'wait=10; return=minimal',
    ';,=,',
  ];
  for (const header of others) expect([header, prefersBrief(header)]).toEqual([header, false]);
});
