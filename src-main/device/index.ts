export { createDevice } from './device.js';
export type { Device } from './device.js';
export { createForgetful } from './forget.js';
export type { Forgetful } from './forget.js';
