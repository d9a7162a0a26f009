import type { BrowserWay } from '../../../src-shared/manifest.js';
import type { SignInView } from '../../../src-shared/views.js';

/** What a window shows of the way to sign in. @param way the provider; null: by address and password. @param state of a try under way. */
export function signInViewOf(
  way: BrowserWay | null,
  state: Extract<SignInView, { way: 'browser' }>['state'],
): SignInView {
  return way ? { way: 'browser', host: new URL(way.issuer).host, state } : { way: 'password' };
}
