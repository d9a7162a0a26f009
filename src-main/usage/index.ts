export { usageAdapter } from './adapter.js';
