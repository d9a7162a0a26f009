import type { FatalView } from '../src-shared/views.js';
import type { OpenFailure } from './store/index.js';

/** What a database that cannot be opened means for the person. */
export function fatalViewOf(failure: OpenFailure, path: string): FatalView {
  switch (failure.code) {
    case 'newer':
      return { code: 'database-newer', path, found: failure.found, known: failure.known };
    case 'read-only':
      return { code: 'profile-read-only', path };
    case 'full':
      return { code: 'disk-full', path };
    default:
      return { code: 'database-broken', path };
  }
}
