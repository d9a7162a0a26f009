import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';

/** The window's own scheme: no file:// anywhere, and an origin that nothing else has. */
export const PAGE_SCHEME = 'sayso-app';
export const PAGE_ADDRESS = `${PAGE_SCHEME}://window/index.html`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Everything is forbidden but our own files: no inline code, no connection, no frame, no form, no plug-in. */
const CONTENT_SECURITY_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `font-src 'self'`,
  `connect-src 'none'`,
  `form-action 'none'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
].join('; ');

/** To be called before the app is ready: the scheme behaves like https, with an origin of its own. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Whether an address is our own page. */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${PAGE_SCHEME}:` && url.host === 'window';
}

/**
 * Serves the built page from one folder and from nowhere else.
 * @param session the session of our windows.
 * @param folder path of the built renderer.
 */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, async ({ url, method }) => {
    const file = path.join(folder, path.normalize(decodeURIComponent(new URL(url).pathname)));
    const contentType = CONTENT_TYPES[path.extname(file)];
    const inside = file.startsWith(folder + path.sep);
    if (!isPageAddress(url) || method !== 'GET' || !contentType || !inside) return refuse();
    try {
      return new Response(await readFile(file), { headers: headersFor(contentType) });
    } catch {
      return refuse();
    }
  });
}

function headersFor(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

function refuse(): Response {
  return new Response('Not found', { status: 404, headers: headersFor('text/plain') });
}
