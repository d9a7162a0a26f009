import { expect, test } from 'vitest';
import { planTests } from '../../../scripts/run/test-plan.mjs';

const all = {
  checks: ['types', 'lint'],
  projects: ['unit', 'model', 'integration'],
  endToEnd: true,
};
const none = { checks: [], projects: [], endToEnd: false };

test.each([
  [[], { ...all, rest: [] }],
  [['unit'], { ...none, projects: ['unit'], rest: [] }],
  [['e2e'], { ...none, endToEnd: true, rest: [] }],
  [
    ['e2e', 'some.test.ts', '-t', 'unit'],
    { ...none, endToEnd: true, rest: ['some.test.ts', '-t', 'unit'] },
  ],
  [['integration', 'unit'], { ...none, projects: ['unit', 'integration'], rest: [] }],
  [['lint', 'types'], { ...none, checks: ['types', 'lint'], rest: [] }],
  [['some.test.ts'], { ...all, rest: ['some.test.ts'] }],
])('npm test -- %j', (args, plan) => {
  expect(planTests(args)).toEqual(plan);
});
