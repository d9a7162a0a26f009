import type { DatabaseReport } from '../store/index.js';

/**
 * Checks a database on a thread of its own, so that a long history holds up no press.
 * @param script the built `check-worker`.
 * @param file path of the database.
 */
export async function checkInWorker(script: URL, file: string): Promise<DatabaseReport> {
  const { Worker } = await import('node:worker_threads');
  return new Promise((resolve) => {
    const worker = new Worker(script, { workerData: file });
    const cannot = (detail: string): void => {
      resolve({ findings: {}, unreadable: null, prevented: detail, entries: 0 });
    };
    worker.once('message', resolve);
    worker.once('error', (error) => {
      cannot(String(error));
    });
    worker.once('exit', (code) => {
      cannot(`the check ended with ${code}`);
    });
    // The app may close meanwhile; the next start begins the check anew.
    worker.unref();
  });
}
