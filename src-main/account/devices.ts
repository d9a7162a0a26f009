import type { DevicesView, DeviceView } from '../../src-shared/account-view.js';
import type { AccountFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ListedSession } from '../api/index.js';
import { askService, type AskParts } from './ask-service.js';
import type { AccountParts } from './parts.js';

type Answer = Promise<Result<DevicesView, AccountFailure>>;

/** Where the accounts of this profile are signed in. What was heard is kept in memory only, as long as the session lasts. */
export interface Devices {
  list(service: string): Answer;
  endOne(service: string, sessionId: string): Answer;
  endOthers(service: string): Answer;
  /** The subject of a service may have changed: what was known of another session's account goes. */
  forgetOthers(service: string): void;
}

interface Known {
  readonly ofSession: string;
  readonly devices: readonly DeviceView[];
  readonly asOf: string;
}

export function createDevices(parts: AskParts & Pick<AccountParts, 'api' | 'nowMs'>): Devices {
  const { api, store, nowMs } = parts;
  const known = new Map<string, Known>();
  const sessionOf = (service: string): string | null =>
    store.sessions.get(service)?.sessionId ?? null;

  const list = async (service: string): Answer => {
    const ofSession = sessionOf(service);
    const answer = await askService(parts, service, ({ baseAddress, token }) =>
      api.sessions(baseAddress, token),
    );
    if (answer.ok && ofSession !== null) {
      const devices = answer.value.map(deviceOf).toSorted(thisFirst);
      const heard = { ofSession, devices, asOf: new Date(nowMs()).toISOString() };
      known.set(service, heard);
      return ok(viewOf(heard, null));
    }
    const before = known.get(service);
    if (answer.ok || before === undefined || !isOutOfReach(answer.error)) {
      return answer.ok ? failed({ code: 'not-signed-in' }) : answer;
    }
    return ok(viewOf(before, answer.error));
  };

  /** @returns why it was not ended; null where it is gone. */
  const end = async (service: string, sessionId: string): Promise<AccountFailure | null> => {
    const ended = await askService(parts, service, ({ baseAddress, token }) =>
      api.endSession(baseAddress, token, sessionId),
    );
    const before = known.get(service);
    if (ended.ok && before) {
      known.set(service, {
        ...before,
        devices: before.devices.filter(({ id }) => id !== sessionId),
      });
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
    forgetOthers(service) {
      if (known.get(service)?.ofSession !== sessionOf(service)) known.delete(service);
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

function viewOf({ devices, asOf }: Known, problem: AccountFailure | null): DevicesView {
  return { devices, asOf, problem };
}

/** Whether what was heard earlier is the best there is: the service says nothing, rather than something else. */
function isOutOfReach({ code }: AccountFailure): boolean {
  return ['no-network', 'server-error', 'not-understood', 'too-many-requests'].includes(code);
}
