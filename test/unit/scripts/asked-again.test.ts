import { expect, test, vi } from 'vitest';
import { askedAgain } from '../../support/asked-again.js';

test('an answer that was lost on its way is asked for once more, and nothing else is', async () => {
  const lost = new Error('electronApplication.evaluate: Resulting promise was garbage collected.');
  const once = vi.fn().mockRejectedValueOnce(lost).mockResolvedValue('here');
  expect(await askedAgain(once)).toBe('here');
  expect(once).toHaveBeenCalledTimes(2);

  const always = vi.fn().mockRejectedValue(lost);
  await expect(askedAgain(always)).rejects.toBe(lost);
  expect(always).toHaveBeenCalledTimes(2);

  const other = new Error('the app has ended');
  const fails = vi.fn().mockRejectedValue(other);
  await expect(askedAgain(fails)).rejects.toBe(other);
  expect(fails).toHaveBeenCalledTimes(1);
});
