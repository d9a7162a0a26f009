/** Expressions for a page about its long tasks: those of more than 50 ms (W3C Long Tasks). */

/** Keeps how long each long task took. */
export const WATCH_TASKS = `(() => {
  window.longTasks = [];
  window.taskWatch = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  });
  window.taskWatch.observe({ type: 'longtask' });
})()`;

/** The longest task since it was last asked, milliseconds; 0 where there was none of more than 50 ms. */
export const LONGEST_TASKS = `(() => {
  for (const { duration } of window.taskWatch.takeRecords()) window.longTasks.push(duration);
  return Math.max(0, ...window.longTasks.splice(0));
})()`;

/** Scrolls the window to its end, one screen a frame. */
export const SCROLL_THROUGH = `new Promise((done) => {
  window.scrollTo(0, 0);
  let before = -1;
  const step = () => {
    if (window.scrollY === before) return done();
    before = window.scrollY;
    window.scrollBy(0, window.innerHeight * 0.8);
    requestAnimationFrame(() => setTimeout(step));
  };
  step();
})`;
