import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowPlace } from '../../../src-main/remembered.js';
import { followPlace } from '../../../src-main/window/follow-place.js';
import { openingAt } from '../../../src-main/window/place.js';
import { manualTimers } from '../../support/client/manual-timers.js';

const LEFT = { x: 0, y: 25, width: 1920, height: 1055 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1024 };
const PLACE: WindowPlace = { x: 2000, y: 100, width: 900, height: 700, isMaximized: false };

describe('where the window opens', () => {
  test('the first time in its usual size, wherever the system puts it', () => {
    expect(openingAt(null, [LEFT])).toEqual({ width: 1040, height: 720, isMaximized: false });
  });
  test('where it stood, on the second screen too, maximised or not', () => {
    expect(openingAt(PLACE, [LEFT, RIGHT])).toEqual(PLACE);
    const large = { ...PLACE, isMaximized: true };
    expect(openingAt(large, [LEFT, RIGHT])).toEqual(large);
  });
  test('in its size on the screen that is left, when the other one is gone', () => {
    expect(openingAt(PLACE, [LEFT])).toEqual({ width: 900, height: 700, isMaximized: false });
  });
  test('no larger than the screen, and not beyond its edge', () => {
    const place = { x: 1800, y: 900, width: 3000, height: 2000, isMaximized: false };
    expect(openingAt(place, [LEFT])).toEqual({ ...LEFT, isMaximized: false });
  });
  test('always so that its upper edge can be taken hold of', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: -50, max: 10_000 });
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const place = { x, y, width, height, isMaximized: false };
        const opening = openingAt(place, [LEFT, RIGHT]);
        expect(opening.width).toBeGreaterThanOrEqual(320);
        if (opening.x === undefined || opening.y === undefined) return;
        const at = { x: opening.x, y: opening.y };
        const on = [LEFT, RIGHT].find(
          (one) => at.x >= one.x && at.x + opening.width <= one.x + one.width && at.y >= one.y,
        );
        expect(on).toBeDefined();
      }),
    );
  });
});

describe('where the window stands', () => {
  function rig() {
    const { startTimer, fireAll } = manualTimers();
    const kept: WindowPlace[] = [];
    const window = Object.assign(new EventEmitter(), {
      getNormalBounds: () => ({ x: 1, y: 2, width: 800, height: 600 }),
      isMaximized: (): boolean => false,
      isMinimized: (): boolean => false,
    });
    followPlace(window, (place) => kept.push(place), startTimer);
    return { window, kept, fireAll };
  }
  const place = { x: 1, y: 2, width: 800, height: 600, isMaximized: false };

  test('is told once when it rests after many steps, and when it closes', () => {
    const { window, kept, fireAll } = rig();
    for (let step = 0; step < 20; step += 1) window.emit('move');
    expect(kept).toEqual([]);
    fireAll();
    expect(kept).toEqual([place]);
    window.emit('resize');
    window.emit('close');
    fireAll();
    expect(kept).toEqual([place, place]);
  });
  test('is its place before, when it is maximised, and nowhere while it is minimised', () => {
    const { window, kept } = rig();
    window.isMaximized = () => true;
    window.emit('close');
    expect(kept).toEqual([{ ...place, isMaximized: true }]);
    window.isMinimized = () => true;
    window.emit('close');
    expect(kept).toHaveLength(1);
  });
});
