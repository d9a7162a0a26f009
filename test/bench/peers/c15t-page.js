/* global localStorage, performance, setTimeout, Storage */
import { getOrCreateConsentRuntime } from 'c15t';

/** Where c15t 2.2.1 keeps what it could not send. */
const QUEUE = 'c15t-pending-consent-submissions';
/** Nobody listens there: what is sent is refused at once. */
const backendURL = 'http://127.0.0.1:9/consent';

/**
 * One decision with the service out of reach. Answers, in milliseconds from the call: when c15t itself says that it is done,
 * and when the choice (`keptMs`) and the decision that is still to be sent (`queuedMs`) lay in the page's storage.
 */
globalThis.decide = async () => {
  localStorage.clear();
  const { consentStore } = getOrCreateConsentRuntime({
    mode: 'hosted',
    backendURL,
    consentCategories: ['necessary', 'measurement', 'marketing'],
  });
  const seen = { keptMs: null, queuedMs: null };
  const { setItem } = Storage.prototype;
  const startedMs = performance.now();
  Storage.prototype.setItem = function (key, value) {
    setItem.call(this, key, value);
    const passedMs = performance.now() - startedMs;
    if (key === QUEUE) seen.queuedMs ??= passedMs;
    else seen.keptMs ??= passedMs;
  };
  await consentStore.getState().saveConsents('all');
  const doneMs = performance.now() - startedMs;
  Storage.prototype.setItem = setItem;
  return { doneMs, ...seen };
};

/** Resolves once c15t has given up reaching its service for the first time. */
globalThis.settled = async () => {
  const { consentStore } = getOrCreateConsentRuntime({
    mode: 'hosted',
    backendURL,
    consentCategories: ['necessary', 'measurement', 'marketing'],
  });
  while (consentStore.getState().isLoadingConsentInfo) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
