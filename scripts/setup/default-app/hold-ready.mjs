/**
 * Whether a command line is Playwright's: it lets both of its debuggers choose their ports, before anything else.
 *
 * @param {string[]} args the arguments after the executable
 */
export function isPlaywright(args) {
  return args.includes('--inspect=0') && args.includes('--remote-debugging-port=0');
}

/**
 * Holds `ready` back until Playwright says that it is attached. Its own start-up module does so, but Playwright leaves that
 * out where it is told which executable to run; it then attaches while the window is opening its page, and once in some
 * fifty starts misses the moment and waits for ever.
 *
 * @param {any} app Electron's `app`, before anybody listens to it
 * @param {(run: () => void, delayMs: number) => unknown} startTimer
 * @param {number} longestMs whoever else used these switches is not kept waiting for longer
 * @returns {() => Promise<void>} lets it go, once the system is ready
 */
export function holdReady(app, startTimer, longestMs) {
  const systemReady = app.whenReady();
  const emit = app.emit.bind(app);
  /** @type {unknown[]} */
  let details = [];
  let isReady = false;
  /** @type {(details?: unknown) => void} */
  let tell = () => {};
  const ready = new Promise((resolve) => (tell = resolve));
  app.emit = (/** @type {string} */ event, /** @type {unknown[]} */ ...args) => {
    if (event !== 'ready') return emit(event, ...args);
    details = args;
    return app.listenerCount('ready') > 0;
  };
  app.isReady = () => isReady;
  app.whenReady = () => ready;
  const letGo = async () => {
    await systemReady;
    if (isReady) return;
    isReady = true;
    app.emit = emit;
    tell();
    emit('ready', ...details);
  };
  startTimer(() => void letGo(), longestMs);
  return letGo;
}
