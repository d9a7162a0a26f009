import type { ServiceView } from '../src-shared/views.js';

/**
 * Tells windows what a service looks like, and never the same twice.
 * @param shown what they were shown already.
 * @param viewOf null where there is no usable profile under that id.
 */
export function createTelling(
  shown: readonly ServiceView[],
  viewOf: (service: string) => ServiceView | null,
  onChanged: (view: ServiceView) => void,
): (service: string) => void {
  const told = new Map(shown.map((view) => [view.id, JSON.stringify(view)]));
  return (service) => {
    const view = viewOf(service);
    const text = JSON.stringify(view);
    if (!view || told.get(service) === text) return;
    told.set(service, text);
    onChanged(view);
  };
}
