import { expect, it } from 'vitest';
import { createKeychainReturn } from '../../../src-main/keychain-return.js';
import type { KeychainView } from '../../../src-shared/views.js';

function returnsIn(...states: KeychainView[]): number {
  let returns = 0;
  const follow = createKeychainReturn(() => (returns += 1));
  for (const state of states) follow(state);
  return returns;
}

it.each<[string, KeychainView[], number]>([
  ['a keychain that was always there never returns', ['unknown', 'available', 'available'], 0],
  ['one that was locked does, once', ['locked', 'available', 'available'], 1],
  ['so does one that hung, each time', ['hanging', 'available', 'hanging', 'available'], 2],
  ['one that goes from bad to worse does not', ['locked', 'hanging'], 0],
])('%s', (_case, states, returns) => {
  expect(returnsIn(...states)).toBe(returns);
});
