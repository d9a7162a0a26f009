import { webFrame } from 'electron';

/**
 * The only thing a service's own page finds of ours, and only where the person switched the opt-out signal on: the property of
 * Global Privacy Control. It runs before any script of the page.
 */
void webFrame.executeJavaScript(
  `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, enumerable: true, configurable: false })`,
);
