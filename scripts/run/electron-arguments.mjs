/**
 * Arguments for starting Electron as a program with windows. Chromium refuses to run its sandbox for the superuser on Linux.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] where `ELECTRON_RUN_AS_NODE` is set there is no Chromium, and Node knows no such switch
 * @param {boolean} [isRootOnLinux]
 * @returns {string[]}
 */
export function electronArguments(
  args,
  env = process.env,
  isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0,
) {
  const needed = isRootOnLinux && !env.ELECTRON_RUN_AS_NODE && !args.includes('--no-sandbox');
  return needed ? ['--no-sandbox', ...args] : args;
}
