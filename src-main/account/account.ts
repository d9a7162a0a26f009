import type { DevicesView } from '../../src-shared/account-view.js';
import type {
  AccountFailure,
  BrowserDeleteFailure,
  LeaveFailure,
  SessionFailure,
} from '../../src-shared/failures.js';
import type { Result } from '../../src-shared/result.js';
import type { SubjectView } from '../../src-shared/views.js';
import type { AskParts } from './ask-service.js';
import { changePassword } from './change-password.js';
import { deleteAccount } from './delete-account.js';
import { deleteByBrowser } from './delete-by-browser.js';
import { createDevices } from './devices.js';
import { createEndings, type Because } from './endings.js';
import type { ErasingParts } from './erase.js';
import { finishErasing, finishSignOuts } from './finish.js';
import { signOutAndErase, signOutEverywhere, withdrawAndSignOut } from './leave.js';
import type { AccountParts } from './parts.js';
import { createUnclear } from './unclear.js';

type Listed = Promise<Result<DevicesView, AccountFailure>>;

/** What a person does with an account beyond signing in and out, and the several ways to leave it. */
export interface Account {
  devices(service: string): Listed;
  endDevice(service: string, session: string): Listed;
  endOthers(service: string): Listed;
  changePassword(
    service: string,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<Result<null, AccountFailure>>;
  deleteAccount(service: string, password: string): Promise<Result<null, AccountFailure>>;
  /** The same where people sign in by the browser: they do so once more. */
  deleteByBrowser(service: string): Promise<Result<null, BrowserDeleteFailure>>;
  withdrawAndSignOut(service: string, revision: number): Promise<Result<null, LeaveFailure>>;
  signOutEverywhere(): Promise<Result<null, SessionFailure>>;
  signOutAndErase(service: string): Promise<Result<null, SessionFailure>>;
  /** The subject as a window shows it, with what ended its session. */
  view(service: string): SubjectView;
  /** The service no longer accepts the session. */
  rejected(service: string, reason: 'expired' | 'ended'): Promise<void>;
  /** What the person is told who finds themselves signed out; null takes it back. */
  say(service: string, because: Because | null): void;
  /** Something about a service has changed. */
  changed(service: string): void;
  /** A run of the sync has ended: the service may be in reach again. */
  look(service: string): void;
  /** What a crash cut short and needs neither keychain nor network. */
  settle(): void;
  /** What a crash cut short, once the keychain has been asked. */
  finish(): Promise<void>;
}

export function createAccount(parts: AccountParts): Account {
  const { store, sessions, onChange } = parts;
  const endings = createEndings({ store, sessions });
  const ask: AskParts & AccountParts = {
    ...parts,
    rejected: (service, reason) => endings.rejected(service, reason),
  };
  const devices = createDevices(ask);
  const unclear = createUnclear(ask);
  /** Nobody asks whether the account is still there while it is being deleted. */
  const deleting = async <Outcome>(
    service: string,
    work: (erasing: AccountParts & ErasingParts) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const end = unclear.begin(service);
    const onDeleted = (): void => {
      endings.note(service, 'account-deleted');
    };
    const outcome = await work({ ...parts, onDeleted });
    end();
    return outcome;
  };
  return {
    devices: (service) => devices.list(service),
    endDevice: (service, session) => devices.endOne(service, session),
    endOthers: (service) => devices.endOthers(service),
    changePassword: (service, passwords) => changePassword(ask, service, passwords),
    deleteAccount: (service, password) =>
      deleting(service, (erasing) => deleteAccount(erasing, service, password)),
    deleteByBrowser: (service) => deleting(service, (erasing) => deleteByBrowser(erasing, service)),
    withdrawAndSignOut: (service, revision) => withdrawAndSignOut(parts, service, revision),
    signOutEverywhere: () => signOutEverywhere(parts),
    async signOutAndErase(service) {
      endings.note(service, 'erased');
      const outcome = await signOutAndErase(parts, service);
      if (!outcome.ok) endings.note(service, null);
      onChange(service);
      return outcome;
    },
    view: (service) => endings.view(service),
    rejected: (service, reason) => endings.rejected(service, reason),
    say(service, because) {
      endings.note(service, because);
      onChange(service);
    },
    changed: (service) => {
      endings.changed(service);
    },
    look: (service) => {
      unclear.look(service);
    },
    settle: () => {
      finishErasing(parts);
    },
    finish: () => finishSignOuts(parts),
  };
}
