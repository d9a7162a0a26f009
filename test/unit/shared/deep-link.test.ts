import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeepLink } from '../../../src-shared/deep-link.js';
import { linkAmong } from '../../../src-shared/link-scheme.js';
import { PAGE_NAMES } from '../../../src-shared/pages.js';

describe('a link', () => {
  it.each(PAGE_NAMES)('opens the page %s of a service, and says nothing else', (page) => {
    expect(readDeepLink(`sayso://open/katror/${page}`)).toEqual({ service: 'katror', page });
  });

  it.each([
    '',
    'sayso:',
    'sayso://',
    'sayso://open',
    'sayso://open/integro',
    'sayso://open/integro/',
    'sayso://open/integro/me/',
    'sayso://open/integro/nowhere',
    'sayso://open/integro/me?token=x',
    'sayso://open/integro/me#accept-all',
    'sayso://open/integro/me/accept-all',
    'sayso://open/../integro/me',
    'sayso://open/integro/../me',
    'sayso://open/%69ntegro/me',
    'sayso://open/Integro/me',
    'sayso://open/1ntegro/me',
    'sayso://open//me',
    'sayso://someone:secret@open/integro/me',
    'sayso://open:1/integro/me',
    'sayso://OPEN/integro/me',
    'SAYSO://open/integro/me',
    'sayso:open/integro/me',
    'sayso:\\\\open\\integro\\me',
    ' sayso://open/integro/me',
    'sayso://open/integro/me\n',
    'sayso://open/integro/me\u0000',
    'sayso://decide/integro/accept-all',
    'sayso-app://window/index.html',
    'https://open/integro/me',
    'javascript:alert(1)',
    'sayso://open/integro/__proto__',
    'sayso://open/integro/constructor',
    `sayso://open/${'a'.repeat(65)}/me`,
  ])('that reads %j is none', (text) => {
    expect(readDeepLink(text)).toBeNull();
  });

  it('is exactly what it is read as, whatever is tried', () => {
    const pieces = fc.constantFrom(
      'sayso',
      ':',
      '//',
      'open',
      '/',
      'integro',
      'me',
      '?',
      '#',
      '%2f',
      '..',
      '@',
      '\n',
      'é',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 9 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const target = readDeepLink(text);
        if (target) expect(`sayso://open/${target.service}/${target.page}`).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('is found among the words of a command line, in bad form too', () => {
    const words = ['sayso', '--user-data-dir=/x', 'sayso://open/integro/me'];
    expect(linkAmong(words)).toBe('sayso://open/integro/me');
    expect(linkAmong(['sayso', 'SAYSO:evil'])).toBe('SAYSO:evil');
    expect(linkAmong(['sayso', '--service=integro'])).toBeNull();
  });
});
