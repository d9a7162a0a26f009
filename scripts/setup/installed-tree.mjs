/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked
 *   one package as npm's lock files describe it
 */

/**
 * Compares what a lock file asks for with what npm says it installed (`node_modules/.package-lock.json`). Optional packages
 * may be absent: npm leaves out those made for other systems.
 *
 * @param {Record<string, Locked>} wanted `packages` of package-lock.json
 * @param {Record<string, Locked>} installed `packages` of the installed tree
 * @returns {string[]} the paths that differ; empty where the tree matches
 */
export function differences(wanted, installed) {
  const wrong = Object.keys(installed).filter((path) => wanted[path] === undefined);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const there = installed[path];
    if (!there) {
      if (!entry.optional) wrong.push(path);
    } else if (there.version !== entry.version || there.integrity !== entry.integrity) {
      wrong.push(path);
    }
  }
  return wrong;
}
