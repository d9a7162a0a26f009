/** What the first paint can do without, in one file that is fetched right after it. */
export { default as DeviceChoices } from '../components/DeviceChoices.svelte';
export { default as Notice } from '../components/Notice.svelte';
export { default as PolicyBody } from '../components/PolicyBody.svelte';
export { default as Retained } from '../components/Retained.svelte';
export { default as EmptyPage } from './EmptyPage.svelte';
export { default as MePage } from './MePage.svelte';
export { default as PrivacyPage } from './PrivacyPage.svelte';
export { default as UnusablePage } from './UnusablePage.svelte';
export { createAccounts } from '../accounts.js';
export { failureWords } from '../text/failure-words.js';
