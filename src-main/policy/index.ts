export { createPolicies } from './policies.js';
export type { AskedAgain } from './announcement.js';
export type { KeepFailure } from './library.js';
export type { CurrentPolicy, Policies } from './policies.js';
export { readProfiles } from './read-profiles.js';
export type { ReadProfiles } from './read-profiles.js';
