import { expect, test } from 'vitest';
import { serviceLine } from '../../../src-renderer/text/service-line.js';
import { purposeView, serviceView, syncView, text } from './samples.js';

const granted = purposeView({ id: 'functional', state: 'granted' });
const denied = purposeView({ state: 'denied' });
const necessary = purposeView({ id: 'necessary', kind: 'necessary', state: 'granted' });

test.each([
  [{ purposes: [necessary, granted, denied] }, '1 allowed · synced'],
  [{ purposes: [necessary, denied] }, '0 allowed · synced'],
  [{ purposes: [necessary, purposeView()] }, 'Not decided · synced'],
  // A purpose that came later does not undo what was decided.
  [{ purposes: [necessary, granted, purposeView()] }, '1 allowed · synced'],
  [{ purposes: [denied], sync: syncView({ state: 'local' }) }, '0 allowed'],
  [
    { purposes: [denied], sync: syncView({ state: 'offline', waiting: 2 }) },
    '0 allowed · 2 waiting',
  ],
  [{ purposes: [denied], sync: syncView({ state: 'offline' }) }, '0 allowed · offline'],
  [
    { purposes: [denied], sync: syncView({ state: 'error', problem: 'refused' }) },
    '0 allowed · not in sync',
  ],
  [
    { bannerKind: 'acknowledge', bannerShows: true, purposes: [necessary] },
    'Not answered · synced',
  ],
  [{ bannerKind: 'acknowledge', purposes: [necessary] }, 'No options · synced'],
] as const)('%o reads "%s"', (part, expected) => {
  expect(serviceLine(serviceView(part), text)).toBe(expected);
});
