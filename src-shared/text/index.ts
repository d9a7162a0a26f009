import type { FirstMessages, LaterMessages, NativeMessages } from './generated/types.js';

export type { FirstMessages, LaterMessages, NativeMessages };

/** Every sentence of the window in one language, as functions: `text.sync.waitingTitle({ count: 2 })`. */
export type Messages = FirstMessages & LaterMessages;

export type AccountMessages = Messages['account'];
export type DeviceMessages = Messages['device'];
export type HistoryMessages = Messages['history'];
export type KeychainMessages = Messages['keychain'];
export type LimitMessages = Messages['limits'];
export type QuitMessages = Messages['quit'];
export type ReaderMessages = Messages['reader'];
export type SyncMessages = Messages['sync'];
