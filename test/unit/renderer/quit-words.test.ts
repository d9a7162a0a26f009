import { expect, test } from 'vitest';
import { quitWords } from '../../../src-renderer/text/quit-words.js';
import { english } from '../../support/english.js';

const text = english.quit;
const kept = { service: 'Integro', waiting: 3, grants: 1, endsSession: false };

test('what waits is kept and goes out at the next start', () => {
  expect(quitWords(kept, text)).toBe(
    '3 choices have not reached Integro yet. They are kept on this device and go out the next time Sayso runs.',
  );
  expect(quitWords({ ...kept, waiting: 1 }, text)).toBe(
    '1 choice has not reached Integro yet. It is kept on this device and goes out the next time Sayso runs.',
  );
});

test('where quitting signs out, permissions are lost and refusals still go out', () => {
  const ends = { ...kept, endsSession: true };
  expect(quitWords(ends, text)).toBe(
    '3 choices have not reached Integro yet. Quitting signs you out of Integro. 1 permission is discarded then. Refusals still go out the next time Sayso runs.',
  );
  expect(quitWords({ ...ends, grants: 0 }, text)).not.toContain('discarded');
  expect(quitWords({ ...ends, grants: 3 }, text)).not.toContain('Refusals');
});
