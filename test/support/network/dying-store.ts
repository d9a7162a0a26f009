import type { Store } from '../../../src-server/store/store.js';

/** The parts of a store whose calls reach the database. */
const ROOMS = ['accounts', 'sessions', 'decisions', 'deviceKeys', 'signingKeys'] as const;

/**
 * A store whose every call passes a moment before it is made and another one after it is done, that is after the commit and
 * before anybody hears of it.
 * @param moment while what it answers is not settled, the call waits; null to go on at once.
 */
export function storeOfMoments(
  store: Store,
  moment: (name: string) => Promise<void> | null,
): Store {
  const rooms = ROOMS.map((room) => [room, watched(room, store[room], moment)] as const);
  return { ...store, ...Object.fromEntries(rooms) };
}

function watched<Room extends object>(
  name: string,
  room: Room,
  moment: (name: string) => Promise<void> | null,
): Room {
  return new Proxy(room, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      const call = `${name}.${String(key)}`;
      return async (...given: unknown[]): Promise<unknown> => {
        await moment(`before ${call}`);
        try {
          return (await Reflect.apply(member, target, given)) as unknown;
        } finally {
          await moment(`after ${call}`);
        }
      };
    },
  });
}
