export { createSites } from './sites.js';
export type { Sites } from './sites.js';
export type { StoredThing } from './stored.js';
