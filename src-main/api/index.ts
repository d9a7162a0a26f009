export { createClosableFetch } from './closable-fetch.js';
export { withOptOutHeader } from './opt-out-header.js';
export { createApiClient } from './client.js';
export type { ListedSession } from './account-calls.js';
export type { ApiClient } from './client.js';
export type { ServerEvent, StreamEnd } from './event-stream.js';
export { readLimited } from './read-limited.js';
export { ANSWER_WITHIN_MS } from './request.js';
export type { ApiFailure, Fetch } from './request.js';
