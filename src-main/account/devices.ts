import type { DevicesView, DeviceView } from '../../src-shared/account-view.js';
import type { AccountFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ListedSession } from '../api/index.js';
import type { AccountData } from '../vault/index.js';
import { askService, type AskParts } from './ask-service.js';
import type { AccountParts } from './parts.js';

type Answer = Promise<Result<DevicesView, AccountFailure>>;

/** Where the accounts of this profile are signed in. What was heard last is kept sealed, as long as the session lasts. */
export interface Devices {
  list(service: string): Answer;
  endOne(service: string, sessionId: string): Answer;
  endOthers(service: string): Answer;
}

/** What the service said last, and when. */
type Heard = NonNullable<AccountData['devices']>;

/** The list is asked for every few seconds while it is on show; that nothing is new is not written down each time. */
const WRITE_EVERY_MS = 60_000;

export function createDevices(
  parts: AskParts & Pick<AccountParts, 'api' | 'vaults' | 'nowMs'>,
): Devices {
  const { api, vaults, nowMs } = parts;

  const keep = (service: string, sessions: readonly ListedSession[]): Heard => {
    const before = vaults.read(service).devices;
    const heard = { at: new Date(nowMs()).toISOString(), sessions: [...sessions] };
    const isNew =
      before === null ||
      JSON.stringify(before.sessions) !== JSON.stringify(heard.sessions) ||
      nowMs() - Date.parse(before.at) >= WRITE_EVERY_MS;
    if (isNew) vaults.put(service, { devices: heard });
    return heard;
  };

  const list = async (service: string): Answer => {
    const answer = await askService(parts, service, ({ baseAddress, token }) =>
      api.sessions(baseAddress, token),
    );
    if (answer.ok) return ok(viewOf(keep(service, answer.value), null));
    const before = vaults.read(service).devices;
    return before && isOutOfReach(answer.error) ? ok(viewOf(before, answer.error)) : answer;
  };

  /** @returns why it was not ended; null where it is gone. */
  const end = async (service: string, sessionId: string): Promise<AccountFailure | null> => {
    const ended = await askService(parts, service, ({ baseAddress, token }) =>
      api.endSession(baseAddress, token, sessionId),
    );
    const before = vaults.read(service).devices;
    if (ended.ok && before) {
      const sessions = before.sessions.filter(({ id }) => id !== sessionId);
      vaults.put(service, { devices: { ...before, sessions } });
    }
    return ended.ok ? null : ended.error;
  };

  return {
    list,
    async endOne(service, sessionId) {
      const failure = await end(service, sessionId);
      // Ended meanwhile by itself or by somebody else, which is as good; the list tells.
      if (failure && failure.code !== 'no-service') return failed(failure);
      const after = await list(service);
      const isLeft = after.ok && after.value.devices.some(({ id }) => id === sessionId);
      return failure && isLeft ? failed(failure) : after;
    },
    async endOthers(service) {
      const before = await list(service);
      if (!before.ok) return before;
      if (before.value.problem) return failed(before.value.problem);
      for (const { id, isThis } of before.value.devices) {
        const failure = isThis ? null : await end(service, id);
        if (failure && failure.code !== 'no-service') return failed(failure);
      }
      return list(service);
    },
  };
}

function deviceOf(session: ListedSession): DeviceView {
  const { id, deviceName: name, current: isThis, createdAt, lastUsedAt } = session;
  return { id, name, isThis, signedInAt: createdAt, lastUsedAt };
}

function thisFirst(one: DeviceView, other: DeviceView): number {
  if (one.isThis !== other.isThis) return one.isThis ? -1 : 1;
  return other.lastUsedAt.localeCompare(one.lastUsedAt);
}

function viewOf({ at, sessions }: Heard, problem: AccountFailure | null): DevicesView {
  return { devices: sessions.map(deviceOf).toSorted(thisFirst), asOf: at, problem };
}

/** Whether what was heard earlier is the best there is: the service says nothing, rather than something else. */
function isOutOfReach({ code }: AccountFailure): boolean {
  return ['no-network', 'server-error', 'not-understood', 'too-many-requests'].includes(code);
}
