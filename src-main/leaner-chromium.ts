import type { CommandLine } from 'electron';

/** Chromium's name of the feature (`network::features::kNetworkServiceInProcess`). */
const NETWORK_IN_PROCESS = 'NetworkServiceInProcess2';

/**
 * Leaves out what Chromium starts and an app that shows text has no use for, so that the window is there sooner and memory stays
 * free. Only on Linux, where it was measured, and where it takes no protection away:
 * - the network service is a thread of the main process. As a process of its own it has no sandbox in Electron on Linux, so it would
 *   keep nothing from whoever takes it over;
 * - nothing is drawn by the graphics card or an imitation of one. Services' own pages thereby get no WebGL: one way less to tell
 *   devices apart, and no driver within their reach.
 *
 * To be called before the app is ready.
 */
export function leaveOutUnneeded(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
  platform: NodeJS.Platform,
): void {
  if (platform !== 'linux') return;
  const given = commandLine.getSwitchValue('enable-features');
  const features = given === '' ? NETWORK_IN_PROCESS : `${given},${NETWORK_IN_PROCESS}`;
  commandLine.appendSwitch('enable-features', features);
  commandLine.appendSwitch('disable-gpu');
  commandLine.appendSwitch('disable-software-rasterizer');
}
