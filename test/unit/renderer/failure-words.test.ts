import { describe, expect, test } from 'vitest';
import { failureWords } from '../../../src-renderer/text/failure-words.js';
import { text } from './samples.js';

describe('a choice that was not saved', () => {
  test.each(['full', 'read-only', 'busy', 'broken'] as const)(
    '%s says what happened, what it means and what to do, differently for yes and no',
    (cause) => {
      const failure = { code: 'not-saved', cause } as const;
      const yes = failureWords(failure, 'granted', text);
      const no = failureWords(failure, 'denied', text);
      expect(yes).toMatch(/^Not saved: .+\. What was off stays off\. .+\.$/);
      expect(no).toMatch(/^Not saved: .+\. Your refusal is not kept yet\. .+\.$/);
    },
  );

  test('each cause has its own sentence', () => {
    const sentences = (['full', 'read-only', 'busy', 'broken'] as const).map((cause) =>
      failureWords({ code: 'not-saved', cause }, 'granted', text),
    );
    expect(new Set(sentences).size).toBe(4);
  });
});

test('another screen asks to look again', () => {
  expect(failureWords({ code: 'screen-changed' }, 'granted', text)).toBe(
    'Something changed on another screen. Look again and press once more.',
  );
});

test("a yes that the person's own no took back needs no words", () => {
  expect(failureWords({ code: 'overtaken' }, 'granted', text)).toBeNull();
});

test.each([
  'bad-credentials',
  'account-exists',
  'malformed-credentials',
  'too-many-requests',
  'no-network',
  'server-error',
  'not-understood',
  'no-service',
  'already-signed-in',
  'unknown-service',
  'ledger-suspect',
  'unexpected',
] as const)('%s is said in whole sentences, never as a code', (code) => {
  const said = failureWords({ code }, null, text);
  expect(said).toMatch(/^[A-Z].*\.$/);
  expect(said).not.toContain(code);
});
