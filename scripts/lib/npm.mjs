import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How to start npm. Under `npm run` npm itself says where it is; else it is looked for beside node, as every distribution of
 * Node lays it out, and at last on the PATH.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [node] the node executable
 * @returns {{ command: string, args: string[] }} the program, and the arguments that come before npm's own
 */
export function npmCommand(env = process.env, node = process.execPath) {
  const scripts = [env.npm_execpath, ...besideNode(node), ...besideNode(realpathSync(node))];
  const script = scripts.find(
    (path) => path !== undefined && /npm-cli\.c?js$/.test(path) && existsSync(path),
  );
  return script
    ? { command: node, args: [script] }
    : { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * @param {string} node
 * @returns {string[]} where npm's entry lies on Unix and on Windows
 */
function besideNode(node) {
  const inside = join('node_modules', 'npm', 'bin', 'npm-cli.js');
  return [join(dirname(node), '..', 'lib', inside), join(dirname(node), inside)];
}
