export { createFirstSnapshot, type FirstSnapshot } from './first-snapshot.js';
export { loadFirstView } from './load.js';
export type { FirstView, FirstViewTask } from './types.js';
