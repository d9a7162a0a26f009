/** One file to fetch for everything that Me shows of an account. */
export { default as BrowserSignIn } from '../components/account/BrowserSignIn.svelte';
export { BrowserSigning } from './browser-signing.svelte.js';
export { default as Panel } from '../components/account/AccountPanel.svelte';
export { default as Ended } from '../components/account/Ended.svelte';
export { DevicesLog } from './devices-log.svelte.js';
export { Leaving } from './leaving.svelte.js';
export { default as KeychainState } from '../components/keychain/KeychainState.svelte';
