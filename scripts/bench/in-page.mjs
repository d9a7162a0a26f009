/**
 * Expressions for a page. Each is a promise that answers a moment in milliseconds since 1970, or a duration, both measured by
 * the page's own clock, so that what carries the answer is not measured with it.
 */

/** After the next frame has been handed over: what the frame shows can be pressed. */
const PAINTED = `new Promise((painted) =>
  requestAnimationFrame(() => setTimeout(() => painted(performance.timeOrigin + performance.now()))))`;

/**
 * When something that a selector names is on the screen and painted.
 *
 * @param {string} selector
 * @param {string} [before] a statement run at every look until then
 * @returns {string}
 */
export function whenShown(selector, before = '') {
  return `new Promise((shown) => {
    const look = () => {
      const found = document.querySelector(${JSON.stringify(selector)});
      if (found && found.getClientRects().length > 0) return shown();
      ${before}
      setTimeout(look, 2);
    };
    look();
  }).then(() => ${PAINTED})`;
}

/** Presses a button of the navigation once it is there, as soon as the page has its heading. */
export function pressOnce(name) {
  return `if (!window.pressedOnce && document.querySelector('h1')) {
    const button = [...document.querySelectorAll('button')]
      .find((one) => one.textContent.trim() === ${JSON.stringify(name)});
    if (button) { window.pressedOnce = true; button.click(); }
  }`;
}

/**
 * Presses the first element of a selector and answers how many milliseconds passed until the status line says "saved".
 *
 * @param {string} selector
 * @returns {string}
 */
export function pressToSaved(selector) {
  return `new Promise((saved, failed) => {
    const status = document.querySelector('[role=status]');
    const pressed = document.querySelector(${JSON.stringify(selector)});
    if (status.dataset.state === 'saved') return failed(new Error('it still shows the save before'));
    let startedMs = 0;
    const seen = new MutationObserver(() => {
      if (status.dataset.state !== 'saved') return;
      seen.disconnect();
      clearTimeout(late);
      saved(performance.now() - startedMs);
    });
    const late = setTimeout(() => failed(new Error('not saved within 10 s')), 10000);
    seen.observe(status, { attributes: true, attributeFilter: ['data-state'] });
    startedMs = performance.now();
    pressed.click();
  })`;
}

/** Waits until the status line no longer shows the last save. */
export const SAVE_NO_LONGER_SHOWN = `new Promise((gone) => {
  const look = () => {
    if (document.querySelector('[role=status]').dataset.state !== 'saved') return gone();
    setTimeout(look, 50);
  };
  look();
})`;

/** An empty call and back, in milliseconds, and then what the same page is told that a bare commit took. */
export const ROUND_TRIP_AND_COMMIT = `(async () => {
  const startedMs = performance.now();
  await window.bench.nothing();
  const roundTripMs = performance.now() - startedMs;
  return roundTripMs + (await window.bench.commit());
})()`;

/**
 * Makes the empty page one that has only what a press needs: a button whose listener has the next press committed by bare
 * better-sqlite3, and a status line that then says so. Once that is there, only the status line is as before a press again.
 */
export const LEAST_PAGE = `(() => {
  let status = document.querySelector('[role=status]');
  if (!status) {
    status = document.createElement('p');
    status.role = 'status';
    document.body.append(status);
    document.querySelector('button').addEventListener('click', async () => {
      await window.bench.commit();
      status.textContent = 'Saved on this device';
      status.dataset.state = 'saved';
    });
  }
  status.textContent = 'Not saved';
  status.dataset.state = 'local';
})()`;

/** Half a second in which the page does nothing. */
export const AT_REST = `new Promise((rested) => setTimeout(rested, 500))`;
