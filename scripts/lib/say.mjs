/**
 * Writes one line on stderr. Standard output belongs to results (a path, a server's address, the count of tests), so
 * everything said on the way goes here.
 *
 * @param {string} line text without its line end
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Says what is being done and for how long already, until the work has ended.
 *
 * @template T
 * @param {string} label what is being done, such as `compiling better-sqlite3`
 * @param {() => Promise<T>} work
 * @param {{ stream?: NodeJS.WriteStream, now?: () => number, tickMs?: number }} [options] where to write, the clock in
 *   milliseconds, and how often to say so; by default every second on a terminal, in place, and else every 10 seconds
 * @returns {Promise<T>} what the work returned
 * @throws whatever the work throws
 */
export async function withProgress(label, work, options = {}) {
  const { stream = process.stderr, now = Date.now } = options;
  const inPlace = stream.isTTY === true;
  const startedMs = now();
  const seconds = () => Math.round((now() - startedMs) / 1000);
  stream.write(inPlace ? `${label} …` : `${label} …\n`);
  const timer = setInterval(
    () =>
      stream.write(inPlace ? `\r${label} … ${seconds()} s` : `${label} … ${seconds()} s so far\n`),
    options.tickMs ?? (inPlace ? 1000 : 10_000),
  );
  try {
    const result = await work();
    stream.write(`${inPlace ? '\r' : ''}${label}: done in ${seconds()} s\n`);
    return result;
  } catch (error) {
    stream.write(`${inPlace ? '\r' : ''}${label}: failed after ${seconds()} s\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
