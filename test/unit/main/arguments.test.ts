import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../src-main/arguments.js';

function read(switches: Record<string, string>, server?: string, isPackaged = false) {
  return readArguments({
    switchValue: (name) => switches[name] ?? '',
    environment: { SAYSO_SERVER: server },
    isPackaged,
  });
}

describe('the arguments', () => {
  it('are nothing where nothing was said', () => {
    expect(read({})).toEqual({ service: null, lang: null, server: null });
  });

  it('are what was said', () => {
    const switches = { service: 'katror', lang: 'de-AT' };
    expect(read(switches, 'http://127.0.0.1:4000')).toEqual({
      service: 'katror',
      lang: 'de-AT',
      server: 'http://127.0.0.1:4000',
    });
  });

  it.each(['../katror', 'Katror', 'a b', '-x', 'k'.repeat(65)])(
    'leave out the service %j',
    (service) => {
      expect(read({ service }).service).toBeNull();
    },
  );

  it.each([
    ['https://example.org/base', 'https://example.org/base'],
    ['https://example.org///', 'https://example.org'],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
    ['http://localhost:4000', 'http://localhost:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('take the server %s', (given, expected) => {
    expect(read({}, given).server).toBe(expected);
  });

  it.each([
    'http://example.org',
    'http://127.0.0.1.example.org',
    'http://127.0.0.2:4000',
    'http://user@localhost',
    'http://user:secret@127.0.0.1',
    'https://example.org?x=1',
    'https://example.org#x',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not an address',
    '',
  ])('do not take the server %j', (given) => {
    expect(read({}, given).server).toBeNull();
  });

  it('take no server at all once packaged', () => {
    expect(read({}, 'http://127.0.0.1:4000', true).server).toBeNull();
    expect(read({}, 'https://example.org', true).server).toBeNull();
  });
});
