import type { Attachment } from 'svelte/attachments';

/**
 * Scrolls what the keyboard comes to clear of what lies over the page (WCAG 2.2, 2.4.11). Chromium by itself heeds the margins in
 * `base.css` only where it scrolls, and to what is in the window already it does not, though the banner may lie over it.
 */
export const keepInSight: Attachment<HTMLElement> = (element) => {
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const { scrollMarginTop, scrollMarginBottom } = getComputedStyle(target);
    const { top, bottom } = target.getBoundingClientRect();
    // By hand, as `scrollIntoView` also moves the scroller that an entry of the contents lies in, by the same wide margin.
    const under = bottom - (window.innerHeight - parseFloat(scrollMarginBottom));
    const over = top - parseFloat(scrollMarginTop);
    if (under > 0) window.scrollBy(0, Math.min(under, Math.max(over, 0)));
    else if (over < 0) window.scrollBy(0, over);
  };
  element.addEventListener('focusin', onFocus);
  return () => element.removeEventListener('focusin', onFocus);
};
