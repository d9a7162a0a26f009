import type { IpcMainInvokeEvent } from 'electron';
import { type CallName, type Input, type Output } from '../../src-shared/ipc-contract.js';
import { callSchemas } from '../../src-shared/ipc-schemas.js';
import type { IpcFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { plainPress } from './decide-payload.js';
import { isPlainPayload } from './plain-payload.js';

/** One handler for each call of the contract; the compiler misses none. */
export type CallHandlers = {
  readonly [Name in CallName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>;
};

interface Parts {
  /** Whether the message comes from the top frame of one of our own windows, showing our own page. */
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  readonly handlers: CallHandlers;
  /** Told of what no handler foresaw; must not carry payloads, which may hold a password. */
  readonly onUnexpected: (call: CallName, error: unknown) => void;
}

/**
 * Answers every call of the contract. The window is a stranger: who asks is checked first, then what is asked, and only
 * then does a handler see it.
 */
export function createAnswers({ isOurs, handlers, onUnexpected }: Parts) {
  return async (
    name: CallName,
    event: IpcMainInvokeEvent,
    payload: unknown,
  ): Promise<Result<Output<CallName>, IpcFailure>> => {
    if (!isOurs(event)) return failed({ code: 'not-allowed' });
    if (!isPlainPayload(payload)) return failed({ code: 'malformed' });
    const checked = checkedInput(name, payload);
    if (checked === null) return failed({ code: 'malformed' });
    // What belongs to one name cannot be followed through a list of names; the schema and the handler of the same name do.
    const handler = handlers[name] as (
      input: unknown,
    ) => Output<CallName> | Promise<Output<CallName>>;
    try {
      return ok(await handler(checked));
    } catch (error) {
      onUnexpected(name, error);
      return failed({ code: 'unexpected' });
    }
  };
}

/** What a call may be handed; null where it is not what the contract says. */
function checkedInput(name: CallName, payload: object): unknown {
  const press = name === 'consent.decide' ? plainPress(payload) : null;
  if (press !== null) return press;
  const parsed = callSchemas[name].safeParse(payload);
  return parsed.success ? parsed.data : null;
}
