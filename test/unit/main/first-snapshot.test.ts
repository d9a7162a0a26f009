import type { IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { createFirstSnapshot } from '../../../src-main/first-view/first-snapshot.js';
import type { FirstView } from '../../../src-main/first-view/types.js';
import type { AppView } from '../../../src-shared/views.js';

const READ: FirstView = {
  opened: 'alpha',
  policy: null,
  services: [],
  problems: [],
  screens: new Map(),
};
const ours = { sender: 'ours' } as unknown as IpcMainInvokeEvent;
const foreign = { sender: 'foreign' } as unknown as IpcMainInvokeEvent;

function snapshot(view: Promise<FirstView | null> = Promise.resolve(READ)) {
  return createFirstSnapshot(
    view,
    (event) => event === ours,
    ({ opened }) => ({ opened }) as AppView,
  );
}

it('answers our page once, and then the app knows what it was shown', async () => {
  const first = snapshot();
  expect(await first.answer('app.snapshot', ours, {})).toEqual({
    ok: true,
    value: { opened: 'alpha' },
  });
  expect(await first.answer('app.snapshot', ours, {})).toBeNull();
  expect(first.end()).toBe(READ);
});

it.each<[string, Parameters<ReturnType<typeof snapshot>['answer']>]>([
  ['another call', ['app.open', ours, {}]],
  ['anybody else', ['app.snapshot', foreign, {}]],
  ['a payload', ['app.snapshot', ours, { all: true }]],
  ['no payload', ['app.snapshot', ours, undefined]],
  ['a list', ['app.snapshot', ours, []]],
])('leaves %s to the app', async (_case, asked) => {
  const first = snapshot();
  expect(await first.answer(...asked)).toBeNull();
  expect(first.end()).toBeNull();
});

it('leaves it to the app where nothing was read, and from the moment that the app is there', async () => {
  expect(await snapshot(Promise.resolve(null)).answer('app.snapshot', ours, {})).toBeNull();
  const slow = snapshot(new Promise(() => undefined));
  const asked = slow.answer('app.snapshot', ours, {});
  expect(slow.end()).toBeNull();
  expect(await asked).toBeNull();
  expect(await slow.answer('app.snapshot', ours, {})).toBeNull();
});
