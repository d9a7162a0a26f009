import { expect, test } from 'vitest';
import { isAllowedBaseAddress } from '../../../src-shared/manifest.js';

test.each([
  'https://integro.today/sayso',
  'https://integro.today:8443/sayso',
  'http://127.0.0.1:4000/integro',
  'http://[::1]:4000/integro',
  'http://localhost:4000/integro',
])('%s may be a base address', (address) => {
  expect(isAllowedBaseAddress(address)).toBe(true);
});

test.each([
  ['http elsewhere', 'http://integro.today/sayso'],
  ['http on the local network', 'http://192.168.0.10/sayso'],
  ['http on every interface', 'http://0.0.0.0:4000/sayso'],
  ['http on a name that only begins like this machine', 'http://localhost.integro.today/sayso'],
  ['http on a name that only begins like a number', 'http://127.0.0.1.integro.today/sayso'],
  ['a name and password', 'https://user:secret@integro.today/sayso'],
  ['a name alone', 'https://user@integro.today/sayso'],
  ['a password alone', 'https://:secret@integro.today/sayso'],
  ['another host disguised as a name', 'http://127.0.0.1@integro.today/sayso'],
  ['a query', 'https://integro.today/sayso?token=1'],
  ['a fragment', 'https://integro.today/sayso#top'],
  ['ftp', 'ftp://integro.today/sayso'],
  ['ftp on this machine', 'ftp://127.0.0.1:4000/sayso'],
  ['a web socket on this machine', 'ws://localhost:4000/sayso'],
  ['a script', 'javascript:alert(1)'],
  ['a file', 'file:///sayso'],
  ['data', 'data:text/plain,sayso'],
  ['a web socket', 'wss://integro.today/sayso'],
  ['no scheme', 'integro.today/sayso'],
  ['a path', '/sayso'],
  ['nothing', ''],
])('%s may not: %s', (_what, address) => {
  expect(isAllowedBaseAddress(address)).toBe(false);
});
