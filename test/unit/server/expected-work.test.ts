import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../../src-server/store/group-commit.js';

/** A group commit that notes what each commit held, in place of a database. */
const noted = () => {
  const commits: string[][] = [];
  let current: string[] = [];
  const group = createGroupCommit(
    () => Promise.reject(new Error('nothing is transacted alone')),
    (work) => {
      current = [];
      work();
      commits.push(current);
    },
    setImmediate,
  );
  const share = (name: string) => group.share(() => current.push(name), 1);
  return { ...group, share, commits };
};

/** A promise and the way to settle it. */
const later = () => {
  let end = (): void => undefined;
  let fail = (_error: Error): void => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { promise, end, fail };
};

describe('work that was said to come', () => {
  it('shares the commit of what was there before it', async () => {
    const { share, expect: expectWork, commits } = noted();
    const check = later();
    const checked = expectWork(check.promise).then(() => share('second'));
    const first = share('first');
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(commits).toEqual([]);
    check.end();
    await Promise.all([checked, first]);
    expect(commits).toEqual([['first', 'second']]);
  });

  it('holds nobody up when it comes to nothing, and its failure is its own', async () => {
    const { share, expect: expectWork, commits } = noted();
    const check = later();
    const checked = expectWork(check.promise);
    const first = share('first');
    check.fail(new Error('forged'));
    await expect(checked).rejects.toThrow('forged');
    await first;
    expect(commits).toEqual([['first']]);
  });

  it('is not waited for where it was said after the wait had begun', async () => {
    const { share, expect: expectWork, commits } = noted();
    const [early, late] = [later(), later()];
    const checked = expectWork(early.promise);
    const first = share('first');
    await setImmediate();
    const never = expectWork(late.promise);
    early.end();
    await Promise.all([checked, first]);
    expect(commits).toEqual([['first']]);
    late.end();
    await never;
  });
});
