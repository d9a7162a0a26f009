import type { DevicesView, DeviceView } from '../../src-shared/account-view.js';
import type { CallName, Input, Output } from '../../src-shared/ipc-contract.js';
import { failed, ok } from '../../src-shared/result.js';
import type { ServiceView, SubjectView } from '../../src-shared/views.js';

type Handled =
  | 'session.withdrawAndSignOut'
  | 'session.signOutEverywhere'
  | 'session.signOutAndErase'
  | Extract<CallName, `account.${string}`>;

interface Parts {
  readonly services: readonly string[];
  /** Laid over the list of devices. */
  readonly devices: Partial<DevicesView> | undefined;
  readonly nowMs: () => number;
  readonly leave: (service: string, subject: SubjectView) => ServiceView;
}

const HOUR_MS = 60 * 60 * 1000;

/** The one password that is right. */
export const FIXTURE_PASSWORD = 'correct horse battery staple';

/** The calls about accounts, on two devices of an account that exists nowhere. */
export function fixtureAccount({ services, devices, nowMs, leave }: Parts): {
  readonly [Name in Handled]: (input: Input<Name>) => Output<Name>;
} {
  const at = (hoursAgo: number): string => new Date(nowMs() - hoursAgo * HOUR_MS).toISOString();
  let known: readonly DeviceView[] = devices?.devices ?? [
    { id: 'this', name: 'Linux', isThis: true, signedInAt: at(50), lastUsedAt: at(0) },
    { id: 'other', name: 'Mac', isThis: false, signedInAt: at(900), lastUsedAt: at(30) },
  ];
  const list = () => ok({ asOf: at(0), problem: null, ...devices, devices: known });
  const signedOut = { kind: 'signed-out' } as const;
  return {
    'session.withdrawAndSignOut': ({ service }) => ok(leave(service, signedOut)),
    'session.signOutEverywhere': () => {
      for (const service of services) leave(service, signedOut);
      return ok(null);
    },
    'session.signOutAndErase': ({ service }) =>
      ok(leave(service, { ...signedOut, because: 'erased' })),
    'account.devices': list,
    'account.endDevice': ({ session }) => {
      known = known.filter(({ id }) => id !== session);
      return list();
    },
    'account.endOthers': () => {
      known = known.filter(({ isThis }) => isThis);
      return list();
    },
    'account.changePassword': ({ current }) =>
      current === FIXTURE_PASSWORD ? ok(null) : failed({ code: 'wrong-password' }),
    'account.delete': ({ service, password }) =>
      password === FIXTURE_PASSWORD
        ? ok(leave(service, { ...signedOut, because: 'account-deleted' }))
        : failed({ code: 'wrong-password' }),
    'account.deleteByBrowser': ({ service }) =>
      ok(leave(service, { ...signedOut, because: 'account-deleted' })),
  };
}
