import { expect, it } from 'vitest';
import { isPageOf, isSafeEndpoint } from '../../../src-main/session/browser/address.js';

const ISSUER = 'https://login.example';

it.each(['https://login.example/auth', 'https://login.example/auth?tenant=1'])(
  'a page of the provider: %s',
  (address) => {
    expect(isPageOf(ISSUER, address)).toBe(true);
  },
);

it.each([
  'http://login.example/auth',
  'https://login.example.evil.example/auth',
  'https://other.example/auth',
  'https://login.example:8443/auth',
  'https://user@login.example/auth',
  'https://login.example/auth#part',
  'javascript:alert(1)//login.example',
  'file:///etc/passwd',
  'sayso://login.example/auth',
  'smb://login.example/share',
  'not an address',
  '',
])('nowhere to send a person: %s', (address) => {
  expect(isPageOf(ISSUER, address)).toBe(false);
});

it('secrets go by https, also to another host of the provider, and in plain only on this machine', () => {
  expect(isSafeEndpoint(ISSUER, 'https://tokens.example/token')).toBe(true);
  expect(isSafeEndpoint(ISSUER, 'http://127.0.0.1:80/token')).toBe(false);
  expect(isSafeEndpoint('http://127.0.0.1:1', 'http://127.0.0.1:2/token')).toBe(true);
  expect(isSafeEndpoint('http://127.0.0.1:1', 'http://tokens.example/token')).toBe(false);
});
