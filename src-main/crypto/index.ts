export { newDeviceKey, readDeviceKey } from './device-key.js';
export type { DeviceKey } from './device-key.js';
export { entryHashHere, payloadHashHere } from './entry-hashes.js';
export { createSignatureCheck, sha256 } from './node-crypto.js';
export { verifyCrypto } from './verify-crypto.js';
export { createJwsOpener } from './open-jws.js';
