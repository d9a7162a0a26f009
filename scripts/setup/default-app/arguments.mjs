/**
 * @typedef {object} DefaultAppOptions what the command line asks Electron's start-up program to do
 * @property {string | undefined} app file or folder of the app to run
 * @property {string[]} preload modules to load before the app
 * @property {boolean} version print Electron's version and end
 * @property {boolean} abi print the version of Node's binary interface and end
 * @property {string | undefined} problem what is wrong with the command line
 */

/**
 * Reads Electron's command line the way Electron does: what begins with a dash is a switch (most are for Chromium and mean
 * nothing here), and the first word that does not is the app; everything after it belongs to the app.
 *
 * @param {string[]} args the arguments after the executable
 * @returns {DefaultAppOptions}
 */
export function parseArguments(args) {
  /** @type {DefaultAppOptions} */
  const options = { app: undefined, preload: [], version: false, abi: false, problem: undefined };
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '-r' || arg === '--require') {
      const module = left.shift();
      if (module === undefined) return { ...options, problem: `${arg} needs the name of a module` };
      options.preload.push(module);
    } else if (arg === '-v' || arg === '--version') {
      return { ...options, version: true };
    } else if (arg === '-a' || arg === '--abi') {
      options.abi = true;
    } else if (arg.startsWith('--app=')) {
      return { ...options, app: arg.slice('--app='.length) };
    } else if (!arg.startsWith('-')) {
      return { ...options, app: arg };
    }
  }
  return options;
}
