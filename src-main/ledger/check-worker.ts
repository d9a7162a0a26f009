import { parentPort, workerData } from 'node:worker_threads';
import { checkDatabase } from '../store/index.js';

/** Checks the database named by its starter and posts the report: the entry of a thread of its own. */
parentPort?.postMessage(await checkDatabase(String(workerData)));
