import type { WindowPlace } from '../remembered.js';

/** A rectangle on the desktop, in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window is opened: without `x` and `y` in the middle of the main screen. */
export interface Opening {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
}

export const USUAL_SIZE = { width: 1040, height: 720 };
export const LEAST_SIZE = { width: 320, height: 400 };

/** So much of a window has to lie on a screen for a person to take hold of it. */
const LEAST_IN_SIGHT_PX = 80;

/**
 * Where to open the window, so that all of it can be reached: screens are unplugged, and get other sizes, between two starts.
 * @param remembered where it stood last; null for a first start.
 * @param screens the parts of all screens that windows may take.
 */
export function openingAt(remembered: WindowPlace | null, screens: readonly Area[]): Opening {
  if (!remembered) return { ...USUAL_SIZE, isMaximized: false };
  const { isMaximized } = remembered;
  const screen = screens.find((area) => isInSight(remembered, area));
  const room = screen ?? screens[0];
  const size = {
    width: within(remembered.width, LEAST_SIZE.width, room?.width),
    height: within(remembered.height, LEAST_SIZE.height, room?.height),
  };
  if (!screen) return { ...size, isMaximized };
  return {
    ...size,
    isMaximized,
    x: within(remembered.x, screen.x, screen.x + screen.width - size.width),
    y: within(remembered.y, screen.y, screen.y + screen.height - size.height),
  };
}

/** The top edge counts: it is what a window is moved by. */
function isInSight({ x, y, width }: Area, screen: Area): boolean {
  const overlap = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  const isTopIn = y >= screen.y - 1 && y <= screen.y + screen.height - LEAST_IN_SIGHT_PX;
  return overlap >= LEAST_IN_SIGHT_PX && isTopIn;
}

function within(value: number, least: number, most = Infinity): number {
  return Math.max(least, Math.min(value, most));
}
