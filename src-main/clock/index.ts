export { createBootClock } from './boot-clock.js';
export { createUptime } from './uptime.js';
export { createChangeWatch, type ChangeWatch } from './change-watch.js';
export { createServerDate } from './server-date.js';
export { createTrustedClock, type ServerTimeOutcome, type TrustedClock } from './trusted-clock.js';
export { takeProvenTime } from './proven-time.js';
