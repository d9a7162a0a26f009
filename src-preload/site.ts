import { webFrame } from 'electron';

/**
 * What a service's own page finds changed, before any script of it runs. WebRTC is not there: it looks up the names of its servers
 * past both locks of the window, and nothing that looks up a name is asked first. Where the person switched the opt-out signal on,
 * the property of Global Privacy Control is.
 */
const WITHOUT_WEBRTC = `for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) delete globalThis[name];`;
const WITH_SIGNAL = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, enumerable: true, configurable: false });`;

const isSignalOn = process.argv.includes('--sayso-signal');
void webFrame.executeJavaScript(isSignalOn ? WITHOUT_WEBRTC + WITH_SIGNAL : WITHOUT_WEBRTC);
