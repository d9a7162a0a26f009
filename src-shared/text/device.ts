import english from './generated/en.device.js';

/** The sentences of "On this device", "What the gate did" and "Open the service"; fetched with the page that says them. */
export type DeviceMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function deviceMessagesFor(_languageTag: string): DeviceMessages {
  return english;
}
