export { launchApp } from './launch.mjs';
export { portOf, startServer } from './server.mjs';
