/**
 * The program that Electron runs when it is given an app on the command line, for a runtime that came without one. It is
 * packed into `default_app.asar`. It must stay an ES module that awaits the app at top level: Electron holds back `ready`
 * until this module has loaded, and an app may have to register privileged schemes before that.
 */
import * as electron from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { Module } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArguments } from './arguments.mjs';
import { holdReady, isPlaywright } from './hold-ready.mjs';

/** Includes what Electron offers to its own start-up program and does not document. @type {any} */
const app = electron.app;

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/**
 * The package that an app belongs to: its own folder or the nearest one above.
 *
 * @param {string} path an absolute path of a file or folder
 * @returns {{ folder: string, json: Record<string, any> } | undefined}
 */
function findPackage(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    try {
      if (existsSync(file)) return { folder, json: JSON.parse(readFileSync(file, 'utf8')) };
    } catch (error) {
      fail(`Unable to parse ${file}\n${/** @type {Error} */ (error).message}`);
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Gives Electron the app's path, name and version, then loads its main module.
 *
 * @param {string} given file or folder from the command line, relative to the working directory
 */
async function runApp(given) {
  Object.defineProperty(process, 'defaultApp', {
    configurable: false,
    enumerable: true,
    value: true,
  });
  const path = resolve(given);
  const found = findPackage(path);
  if (found?.json.version) app.setVersion(found.json.version);
  const name = found?.json.productName ?? found?.json.name;
  if (name) app.name = name;
  app.setDesktopName?.(found?.json.desktopName ?? `${app.name}.desktop`);
  /** @type {string} */
  let main;
  try {
    // Node's own search, which knows `main` of package.json and index.js; there is no documented way to start it from a folder.
    main = /** @type {any} */ (Module)._resolveFilename(path, null, true);
  } catch (error) {
    return fail(`Unable to find Electron app at ${path}\n${/** @type {Error} */ (error).message}`);
  }
  app.setAppPath(found?.folder === path ? path : dirname(main));
  try {
    await import(pathToFileURL(main).href);
  } catch (error) {
    console.error('App threw an error during load');
    fail(String(/** @type {Error} */ (error)?.stack ?? error));
  }
}

const options = parseArguments(process.argv.slice(1));
if (options.problem) fail(options.problem);
if (options.preload.length > 0) /** @type {any} */ (Module)._preloadModules(options.preload);
if (options.app !== undefined) {
  // The name is Playwright's.
  if (isPlaywright(process.argv) && options.preload.length === 0)
    /** @type {any} */ (globalThis).__playwright_run = holdReady(app, setTimeout, 5000);
  await runApp(options.app);
} else {
  if (options.version) console.log(`v${process.versions.electron}`);
  else if (options.abi) console.log(process.versions.modules);
  else
    fail(
      'Usage: electron [options] path\nThe path is a main file, or a folder with a package.json.',
    );
  process.exit(0);
}
