import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../../src-server/auth/bearer.js';
import { accepts } from '../../../src-server/http/accept.js';
import { matchesEtag } from '../../../src-server/http/etag.js';
import { describeIssues } from '../../../src-server/http/issues.js';
import { methodsOf } from '../../../src-server/http/not-found.js';
import { retryAfter } from '../../../src-server/http/problem.js';
import { parseQuery } from '../../../src-server/http/query.js';

const token = 'A'.repeat(42) + '_';

describe('bearerToken', () => {
  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER  ${token}`])('reads %s', (header) => {
    expect(bearerToken(header)).toBe(token);
  });
  it.each([
    undefined,
    '',
    token,
    `Basic ${token}`,
    `Bearer ${token}A`,
    `Bearer ${token.slice(1)}`,
    `Bearer ${token} x`,
    `x Bearer ${token}`,
  ])('finds nothing in %s', (header) => {
    expect(bearerToken(header)).toBeUndefined();
  });
});

describe('matchesEtag', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    [' * ', true],
    ['a', false],
    ['"ab"', false],
    ['"b"', false],
  ])('reads %s as %s', (header, expected) => {
    expect(matchesEtag(header, '"a"')).toBe(expected);
  });
});

describe('describeIssues', () => {
  it('names field and complaint, and stays short', () => {
    expect(describeIssues([{ path: ['a', 0], message: 'is bad' }])).toBe('a.0: is bad');
    expect(describeIssues([{ path: [], message: 'is bad' }])).toBe('(whole): is bad');
    const many = Array.from({ length: 9 }, () => ({ path: ['x'], message: 'y'.repeat(300) }));
    expect(describeIssues(many)).toHaveLength(400);
  });
});

describe('accepts', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['*/*', true],
    ['a/b', true],
    ['A/B ; q=0.2', true],
    ['a/*', true],
    ['c/d', false],
    ['c/d, */*;q=0.1', true],
    ['a/b;q=0', false],
    ['a/b;q=0.0, */*', false],
    ['*/*;q=0, a/b', true],
    ['nonsense', true],
  ])('reads %s as %s', (header, expected) => {
    expect(accepts(header, ['a/b'])).toBe(expected);
  });
});

describe('methodsOf', () => {
  const routes = [
    { method: 'POST', pattern: '/a/:id' },
    { method: 'GET', pattern: '/a/:id' },
    { method: 'GET', pattern: '/a/:id' },
    { method: 'PUT', pattern: '/a/b' },
  ];
  it.each([
    ['/a/c', ['GET', 'POST']],
    ['/a/b', ['GET', 'POST', 'PUT']],
    ['/a', []],
    ['/a/', []],
    ['/a/b/c', []],
  ])('finds for %s %j', (path, methods) => {
    expect(methodsOf(routes, path)).toEqual(methods);
  });
});

describe('parseQuery', () => {
  it('drops names without a value and keeps the last of several', () => {
    expect(parseQuery('a=&b=1&b=2&c&d=%20x')).toEqual({ b: '2', d: ' x' });
  });
});

describe('retryAfter', () => {
  it('rounds up to whole seconds and is never 0', () => {
    expect([0, 1, 1000, 1001].map(retryAfter)).toEqual(['1', '1', '1', '2']);
  });
});
