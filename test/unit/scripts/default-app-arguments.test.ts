import { expect, test } from 'vitest';
import { parseArguments } from '../../../scripts/setup/default-app/arguments.mjs';

const nothing = { app: undefined, preload: [], version: false, abi: false, problem: undefined };

test.each([
  [['.'], { app: '.' }],
  [['path/to/folder', '--user-data-dir=/tmp/x', 'rest'], { app: 'path/to/folder' }],
  [['out/main/index.js'], { app: 'out/main/index.js' }],
  [['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '.', '--lang=de'], { app: '.' }],
  [['-r', 'loader.js', '--inspect=0', '.'], { app: '.', preload: ['loader.js'] }],
  [['--require', 'a.js', '-r', 'b.js', '.'], { app: '.', preload: ['a.js', 'b.js'] }],
  [['--app=/some/app', 'rest'], { app: '/some/app' }],
  [['--version'], { version: true }],
  [['-v', '.'], { version: true }],
  [['.', '--version'], { app: '.' }],
  [['--abi'], { abi: true }],
  [[], {}],
  [['--no-sandbox'], {}],
  [['-r'], { problem: '-r needs the name of a module' }],
])('electron %j', (args, expected) => {
  expect(parseArguments(args)).toEqual({ ...nothing, ...expected });
});
