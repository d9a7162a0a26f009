import { expect, test } from 'vitest';
import { createAskedFiles } from '../../../src-main/window/asked-files.js';

const never = (): Promise<void> => new Promise(() => undefined);

test('waits for a file that is asked for later', async () => {
  const asked = createAskedFiles(never);
  const events: string[] = [];
  const waits = [1, 2].map((nth) => asked.once('.js').then(() => events.push(`wait ${nth}`)));
  asked.note('.html');
  await Promise.resolve();
  events.push('page asked');
  asked.note('.js');
  await Promise.all(waits);
  expect(events).toEqual(['page asked', 'wait 1', 'wait 2']);
});

test('waits for nothing that was asked for already', async () => {
  const asked = createAskedFiles(never);
  asked.note('.html');
  await asked.once('.html');
});

test('a page that never asks holds nothing up for longer than the limit', async () => {
  await createAskedFiles(() => Promise.resolve()).once('.js');
});
