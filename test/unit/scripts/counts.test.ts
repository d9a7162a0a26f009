import { expect, test } from 'vitest';
import { countVitest, inShort, inWords, sum } from '../../../scripts/run/counts.mjs';

const file = (states: string[], status = states.includes('failed') ? 'failed' : 'passed') => ({
  name: 'some.test.ts',
  status,
  assertionResults: states.map((state) => ({
    status: state,
    fullName: `what is ${state}`,
    failureMessages: state === 'failed' ? ['Error: three\n    at a line'] : [],
  })),
});

test('tests are counted by their state', () => {
  const report = {
    testResults: [
      file(['passed', 'passed', 'skipped']),
      file(['passed', 'failed', 'todo', 'pending']),
    ],
  };
  expect(countVitest(report, 1)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 3,
    failures: ['some.test.ts: what is failed\n  Error: three\n      at a line'],
  });
});

test('a long failure is named by its beginning', () => {
  const said = inShort('a difference', [Array.from({ length: 1000 }, (_, i) => `${i}`).join('\n')]);
  expect(said).toMatch(/^a difference\n {2}0\n {2}1\n/);
  expect(said.split('\n').length).toBeLessThan(40);
});

test.each([
  ['a file that does not load', { testResults: [file(['passed']), file([], 'failed')] }, 1, 1],
  ['a hook that fails', { testResults: [file(['passed', 'skipped'], 'failed')] }, 1, 1],
  ['an error outside all tests', { testResults: [file(['passed'])] }, 1, 1],
  ['no tests at all', { testResults: [] }, 0, 0],
  ['a file without tests', { testResults: [file([])] }, 0, 0],
  ['no report', undefined, 139, 0],
  ['a report of something else', { ok: true }, 0, 0],
])('%s counts as one failure and is named', (_name, report, exitCode, passed) => {
  const counts = countVitest(report, exitCode);
  expect(counts).toMatchObject({ passed, failed: 1 });
  expect(counts.failures).toHaveLength(1);
});

test('phases add up to the last line', () => {
  const parts = [
    { passed: 4, failed: 1, skipped: 0, failures: ['one'] },
    { passed: 10, failed: 0, skipped: 2, failures: [] },
  ];
  expect(inWords(sum(parts))).toBe('14 passed, 1 failed, 2 skipped');
  expect(sum(parts).failures).toEqual(['one']);
  expect(inWords(sum([]))).toBe('0 passed, 0 failed, 0 skipped');
});
