export { createConsent } from './consent.js';
export type { Consent, ConsentScreen, Press } from './consent.js';
export { currentSubject } from './subject.js';
export type { CurrentSubject } from './subject.js';
