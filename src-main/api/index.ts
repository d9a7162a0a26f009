export { createClosableFetch } from './closable-fetch.js';
export { createApiClient } from './client.js';
export type { ApiClient } from './client.js';
export type { ApiFailure, Fetch } from './request.js';
