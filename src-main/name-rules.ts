import type { CommandLine } from 'electron';

/**
 * WebRTC has the names of its servers looked up without a port and with the root's dot at their end, and is the only one that does
 * (`P2PSocketManager::DnsRequest` in Chromium): none of them is found. Lookups for an address carry its port, and those of a
 * proxy's configuration script have no such dot; both are left alone.
 */
const NOT_FOR_WEBRTC = 'MAP *.:0 ~NOTFOUND';

/** Hints of a service's page; both spellings, as versions differ. */
const NO_HINTS = 'dnsPrefetchingEnabled=false,dNSPrefetchingEnabled=false';

/**
 * Keeps Chromium from looking up names that the gate was never asked about. These are switches of the whole app, because no
 * session has any of its own; to be set before the app is ready.
 */
export function lookUpNothingUnasked(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
): void {
  commandLine.appendSwitch('blink-settings', NO_HINTS);
  const given = commandLine.getSwitchValue('host-resolver-rules');
  const rules = given === '' ? NOT_FOR_WEBRTC : `${given},${NOT_FOR_WEBRTC}`;
  commandLine.appendSwitch('host-resolver-rules', rules);
}
