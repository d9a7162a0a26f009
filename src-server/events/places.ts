import type { EventSettings } from './settings.js';

/** A place for a stream, to be given back by calling it; or whose bound is reached. */
export type Admission = (() => void) | 'account-full' | 'server-full';

/** Counts streams, from before they are open until their connection is gone. */
export interface Places {
  readonly take: (accountId: string) => Admission;
}

/** The places of one server. */
export function createPlaces({
  most,
  mostPerAccount,
}: Pick<EventSettings, 'most' | 'mostPerAccount'>): Places {
  const byAccount = new Map<string, number>();
  let taken = 0;
  return {
    take(accountId) {
      const own = byAccount.get(accountId) ?? 0;
      if (own >= mostPerAccount) return 'account-full';
      if (taken >= most) return 'server-full';
      byAccount.set(accountId, own + 1);
      taken += 1;
      let isGivenBack = false;
      return () => {
        if (isGivenBack) return;
        isGivenBack = true;
        taken -= 1;
        const left = (byAccount.get(accountId) ?? 1) - 1;
        if (left > 0) byAccount.set(accountId, left);
        else byAccount.delete(accountId);
      };
    },
  };
}
