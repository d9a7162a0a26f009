import type { Messages } from '../../src-shared/text/index.js';
import type { ServiceView } from '../../src-shared/views.js';
import type { Place } from '../state.svelte.js';

/** The heading of a place and the title of the window there. */
export interface PlaceTitle {
  readonly page: string;
  readonly window: string;
}

/** Names a place, such as heading "Privacy" and window "Privacy – Integro – Sayso". */
export function placeTitle(place: Place, service: ServiceView | null, text: Messages): PlaceTitle {
  if (place.kind === 'unusable') {
    const page = text.problem.title({ service: place.folder });
    return { page, window: text.app.titleAlone({ page }) };
  }
  if (place.kind === 'nothing' || !service) {
    const page = text.empty.title();
    return { page, window: text.app.titleAlone({ page }) };
  }
  const { name } = service;
  const entry = text.rail[place.page]();
  const page = place.page === 'policy' ? text.policy.title({ service: name }) : entry;
  return { page, window: text.app.title({ page: entry, service: name }) };
}
