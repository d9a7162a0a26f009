import type { ServiceContext } from '../context.js';
import type { Scope } from '../http/scope.js';

/** Names come from profiles, and are text. */
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * A page in the place of the service's own site, for "Open the service" where Sayso is run against the reference server: it stores
 * nothing and asks for nothing.
 */
export function addSiteRoute(scope: Scope, { service }: ServiceContext): void {
  const name = escaped(service.name);
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<h1>${name}</h1>
<p>${name}'s own pages would be here. This is the reference server of Sayso, which has none: it stores nothing on your device.</p>
</html>
`;
  scope.get(
    '/',
    { prefixTrailingSlash: 'slash', schema: { hide: true }, config: { mediaType: 'text/html' } },
    (_request, reply) => {
      void reply
        .header('content-security-policy', "default-src 'none'")
        .type('text/html; charset=utf-8')
        .send(page);
    },
  );
}
