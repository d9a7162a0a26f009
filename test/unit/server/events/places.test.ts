import { describe, expect, it } from 'vitest';
import { createPlaces } from '../../../../src-server/events/places.js';

describe('places for streams', () => {
  it('are so many for each account and so many in all, and are given back once', () => {
    const places = createPlaces({ most: 3, mostPerAccount: 2 });
    const first = places.take('a');
    places.take('a');
    expect(places.take('a')).toBe('account-full');
    expect(places.take('b')).toBeTypeOf('function');
    expect(places.take('b')).toBe('server-full');
    if (typeof first !== 'function') throw new Error('there was room');
    first();
    first();
    expect(places.take('a')).toBeTypeOf('function');
    expect(places.take('b')).toBe('server-full');
  });
});
