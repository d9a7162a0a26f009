import { failed } from '../../src-shared/result.js';
import type { Sessions } from '../session/index.js';
import type { AccountHandlerParts } from './account-handlers.js';
import type { CallHandlers } from './answers.js';

type BrowserCall = `session.browser${'SignIn' | 'OpenAgain' | 'Cancel'}`;

/** Connects the calls about signing in by the browser with the sessions room. */
export function createBrowserHandlers({
  browser,
  sync,
  withView,
}: Pick<AccountHandlerParts, 'sync' | 'withView'> & Pick<Sessions, 'browser'>): Pick<
  CallHandlers,
  BrowserCall
> {
  return {
    'session.browserSignIn': async ({ service, remember }) => {
      const outcome = await browser.begin(service, remember);
      // Also after a failure: a session that the server may have opened all the same is to be ended.
      sync.wake(service);
      return withView(outcome, service);
    },
    'session.browserOpenAgain': ({ service }) => {
      browser.openAgain(service);
      return null;
    },
    'session.browserCancel': ({ service }) => {
      browser.cancel(service);
      return null;
    },
  };
}

/** The same calls when the profile cannot be used. */
export function createFatalBrowserHandlers(): Pick<CallHandlers, BrowserCall> {
  return {
    'session.browserSignIn': () => failed({ code: 'unknown-service' }),
    'session.browserOpenAgain': () => null,
    'session.browserCancel': () => null,
  };
}
