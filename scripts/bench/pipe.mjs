import { once } from 'node:events';

/**
 * @typedef {object} PipedApp an app in Electron, spoken to over Chromium's DevTools pipe
 * @property {number} pid of its first process, which is also the id of the group of all its processes
 * @property {number} startedMs when its process was started, milliseconds since 1970
 * @property {(expression: string) => Promise<any>} evaluate runs an expression in its first page, from the moment there is one,
 *   waits for its promise and answers its value
 * @property {(expression: string) => Promise<any>} evaluateOnceLoaded the same, again where the page it asked was replaced meanwhile
 * @property {(method: string, params: object) => Promise<any>} tell has DevTools do something with its first page, such as press a key
 * @property {() => Promise<void>} kill ends it and all its processes at once
 */

/**
 * Starts an app and drives its first page over `--remote-debugging-pipe`. Playwright holds an Electron app back until it is
 * connected, which would be measured too; the pipe holds back nothing.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} executable
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {PipedApp}
 */
export function startPiped(run, executable, args, env) {
  const startedMs = Date.now();
  const child = run.keeper.start(executable, ['--remote-debugging-pipe', ...args], {
    env,
    // Two more pipes: what DevTools is told (3) and what it answers (4).
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const gone = once(child, 'exit');
  const [, , errors, tell, hear] = child.stdio;
  let said = '';
  errors?.on('data', (part) => (said += part));
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let lastId = 0;
  /** @type {(sessionId: string) => void} */
  let pageFound = () => {};
  /** @type {Promise<string>} */
  const page = new Promise((resolve) => (pageFound = resolve));
  void gone.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`the app has ended\n${said}`));
  });

  /**
   * @param {string} method
   * @param {object} params
   * @param {string} [sessionId]
   * @returns {Promise<any>}
   */
  const ask = (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const message = JSON.stringify({ id: lastId, method, params, sessionId });
      /** @type {import('node:stream').Writable} */ (tell).write(`${message}\0`);
    });
  const receive = (/** @type {any} */ { id, result, error, method, params }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
    if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'page')
      pageFound(params.sessionId);
  };
  let heard = '';
  /** @type {import('node:stream').Readable} */ (hear).setEncoding('utf8').on('data', (part) => {
    const messages = `${heard}${part}`.split('\0');
    heard = messages.pop() ?? '';
    for (const message of messages) receive(JSON.parse(message));
  });
  tell?.on('error', () => {});
  // Nobody need see this fail: whoever asks for something then learns it.
  void ask('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
  }).catch(() => {});

  const evaluate = async (/** @type {string} */ expression) => {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await ask('Runtime.evaluate', params, await page);
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };

  if (child.pid === undefined) throw new Error('the app could not be started');
  return {
    pid: child.pid,
    startedMs,
    evaluate,
    tell: async (method, params) => ask(method, params, await page),
    async evaluateOnceLoaded(expression) {
      for (;;) {
        try {
          return await evaluate(expression);
        } catch (error) {
          // A window begins with an empty page; the real one takes its place at some moment.
          if (!/context was destroyed|Cannot find (default execution )?context/.test(String(error)))
            throw error;
        }
      }
    },
    async kill() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        if (process.platform === 'win32') child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      }
      await gone;
    },
  };
}
