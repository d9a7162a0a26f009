export { createConsent } from './consent.js';
export type { Consent, Press } from './consent.js';
export type { ConsentScreen } from './screen-view.js';
export { currentSubject } from './subject.js';
export type { CurrentSubject } from './subject.js';
export { createFirstScreens } from './first-screens.js';
export type { ShownScreens } from './screens.js';
