/** Why the IPC wrapper refused a call before any handler saw it, or what a handler did not foresee. */
export type IpcFailure = { readonly code: 'not-allowed' | 'malformed' | 'unexpected' };

/** Why a decision, or what it needs, did not come about. */
export type ConsentFailure =
  /** No usable profile under that id. */
  | { readonly code: 'unknown-service' }
  /** A grant was given to a screen that is no longer the one on show; nothing was saved. */
  | { readonly code: 'screen-changed' }
  /** The choice names a purpose that is not the person's to decide here, or contradicts its action. */
  | { readonly code: 'not-a-choice'; readonly detail: string }
  /** What is kept of this service is not believed; until the person starts over, nothing can be allowed. */
  | { readonly code: 'ledger-suspect' }
  /** The disk did not take it: nothing was saved, nothing was opened. */
  | { readonly code: 'not-saved'; readonly cause: 'full' | 'read-only' | 'busy' | 'broken' };

/** Why a session did not begin or end. */
export type SessionFailure =
  | { readonly code: 'unknown-service' }
  | { readonly code: 'already-signed-in' }
  | { readonly code: 'bad-credentials' }
  | { readonly code: 'account-exists' }
  /** E-mail or password in a form no service takes. */
  | { readonly code: 'malformed-credentials' }
  | { readonly code: 'too-many-requests' }
  | { readonly code: 'no-network' }
  /** The service answered, but with an error of its own or with something that is no answer. */
  | { readonly code: 'server-error' | 'not-understood' | 'no-service' }
  | { readonly code: 'not-saved'; readonly cause: 'full' | 'read-only' | 'busy' | 'broken' };

/** Why the browser did not come back with somebody who signed in. */
export type BrowserFailure =
  /** The service has another way to sign in. */
  | { readonly code: 'not-offered' }
  /** The person stopped it, or began it anew: needs no words. */
  | { readonly code: 'cancelled' }
  /** The person said no on the provider's page. */
  | { readonly code: 'denied' }
  /** Nobody came back from the browser in time. */
  | { readonly code: 'timed-out' }
  /** No browser could be opened, or nothing can listen on this machine for its answer. */
  | { readonly code: 'no-browser' }
  | { readonly code: 'provider-unreachable' }
  /** The provider answered, but not as it should: what it said is not believed. */
  | { readonly code: 'provider-odd' }
  /** By this device's clock, what the provider says is of another time. */
  | { readonly code: 'clock-wrong' };

/** Why a sign-in by the browser did not come about. */
export type BrowserSignInFailure = SessionFailure | BrowserFailure;

/** Why the service did not do what was asked of it about an account or its sessions. */
export type AccountFailure =
  | { readonly code: 'unknown-service' }
  /** Nobody is signed in here, or the keychain has not given the session yet. */
  | { readonly code: 'not-signed-in' }
  /** The service no longer accepts the session: it ran out, or it was ended elsewhere. */
  | { readonly code: 'session-expired' | 'session-ended' }
  | { readonly code: 'wrong-password' }
  /** The new password has a form the service does not take. */
  | { readonly code: 'malformed-password' }
  /** `waitMs`: how long the service asks to wait, milliseconds; null where it does not say. */
  | { readonly code: 'too-many-requests'; readonly waitMs: number | null }
  /** No answer came. Where something was to be changed, it may have been all the same. */
  | { readonly code: 'no-network' }
  | { readonly code: 'server-error' | 'not-understood' | 'no-service' }
  | { readonly code: 'not-saved'; readonly cause: 'full' | 'read-only' | 'busy' | 'broken' };

/** Why an account that is signed in to by the browser was not deleted. */
export type BrowserDeleteFailure =
  | Exclude<AccountFailure, { code: 'wrong-password' | 'malformed-password' }>
  | BrowserFailure
  /** Who came back has signed in at the provider before, but not now. */
  | { readonly code: 'not-fresh' }
  /** Somebody else signed in than whose account this is. */
  | { readonly code: 'other-person' };

/** Why "Withdraw everything and sign out" did not sign out. */
export type LeaveFailure =
  | ConsentFailure
  | SessionFailure
  /** Withdrawn here, but the keychain keeps the key back that would sign it for the service: signed out it would never be sent. */
  | { readonly code: 'key-locked' };
