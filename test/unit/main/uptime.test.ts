import { writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createUptime } from '../../../src-main/clock/uptime.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';

let temporary: TemporaryFolder;
beforeEach(() => {
  temporary = temporaryFolder('uptime');
});
afterEach(() => {
  temporary.remove();
});

/** Node's answer has two decimals of a second, and time goes on between two questions. */
const isNow = (ask: () => number): boolean => {
  const before = uptime() * 1000;
  const answered = ask();
  const after = uptime() * 1000;
  return answered >= before - 20 && answered <= after + 20;
};

it('says what the system says', () => {
  expect(isNow(createUptime())).toBe(true);
});

it('reads the file anew at each question', () => {
  const file = path.join(temporary.folder, 'uptime');
  writeFileSync(file, '12.34 5.00\n');
  const ask = createUptime(file);
  expect(ask()).toBe(12_340);
  writeFileSync(file, '98.76 5.00\n');
  expect(ask()).toBe(98_760);
});

it('asks the system where there is no such file, or nothing that can be read in it', () => {
  const { folder } = temporary;
  expect(isNow(createUptime(path.join(folder, 'missing')))).toBe(true);
  const odd = path.join(folder, 'odd');
  writeFileSync(odd, 'no number');
  expect(isNow(createUptime(odd))).toBe(true);
  const emptied = path.join(folder, 'emptied');
  writeFileSync(emptied, '1.00 1.00\n');
  const ask = createUptime(emptied);
  writeFileSync(emptied, '');
  expect(isNow(ask)).toBe(true);
});
