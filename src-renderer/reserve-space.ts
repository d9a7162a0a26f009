import type { Attachment } from 'svelte/attachments';

/** Read by `frame.css`: what the page leaves free at its foot. */
const RESERVE = '--bottom-reserve';

/**
 * Keeps a custom property of the page at the height of what lies over its foot, so that a focused element is scrolled
 * clear of it (WCAG 2.2, 2.4.11). What scrolls with the page covers nothing and reserves nothing.
 */
export const reserveSpace: Attachment<HTMLElement> = (element) => {
  const root = document.documentElement.style;
  const measure = (): void => {
    const isFixed = getComputedStyle(element).position === 'fixed';
    root.setProperty(RESERVE, isFixed ? `${element.offsetHeight}px` : '0px');
  };
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => {
    observer.disconnect();
    root.removeProperty(RESERVE);
  };
};
