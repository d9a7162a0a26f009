export { createHistory } from './history.js';
export { writeWhole } from './write-file.js';
export type { History } from './history.js';
