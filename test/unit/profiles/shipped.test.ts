import { describe, expect, test } from 'vitest';
import { isAllowedBaseAddress } from '../../../src-shared/manifest.js';
import { policyFileNames, serviceFolders, shippedProfile } from './profile-folders.js';
import { wordsOf } from './shipped-facts.js';

test('the three services ship', () => {
  expect(serviceFolders()).toEqual(expect.arrayContaining(['certiron', 'integro', 'katror']));
});

describe.each(serviceFolders())('the profile of %s', (folder) => {
  test('is accepted, with every policy file that lies in its folder', () => {
    const { manifest, policies } = shippedProfile(folder);
    expect(manifest.id).toBe(folder);
    const names = policies.map(({ version, lang }) => `${version}.${lang}.json`);
    expect(names.toSorted()).toEqual(policyFileNames(folder));
  });

  test('speaks English and is reached by an allowed address', () => {
    const { manifest } = shippedProfile(folder);
    expect(manifest.languages).toContain('en');
    expect(isAllowedBaseAddress(manifest.baseAddress)).toBe(true);
  });

  test('names the same publisher on the card as in the manifest', () => {
    const { manifest, policies } = shippedProfile(folder);
    for (const { label } of policies) expect(label.publisher).toBe(manifest.publisher);
  });

  test('takes effect at the start of the day printed on it', () => {
    for (const { dated, effectiveAt } of shippedProfile(folder).policies) {
      expect(effectiveAt).toBe(`${dated}T00:00:00Z`);
    }
  });

  test('speaks plainly: nothing thanks, begs, exclaims or carries markup', () => {
    for (const words of shippedProfile(folder).policies.flatMap(wordsOf)) {
      expect(words).not.toMatch(/[!<>]|\b(please|thank|sorry|we|our|us)\b/i);
    }
  });

  test('has real text in every part', () => {
    for (const { sections } of shippedProfile(folder).policies) {
      for (const { blocks } of sections) expect(JSON.stringify(blocks).length).toBeGreaterThan(60);
    }
  });
});
