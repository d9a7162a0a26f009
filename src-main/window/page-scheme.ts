import path from 'node:path';
import { protocol, type Session } from 'electron';
import type { AskedFiles } from './asked-files.js';

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
  // As a rule it is, to the letter; behind # stands the place in it.
  if (address === PAGE_ADDRESS || address.startsWith(`${PAGE_ADDRESS}#`)) return true;
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${PAGE_SCHEME}:` && url.host === 'window';
}

/**
 * Serves the built page from one folder and from nowhere else. By Electron's older call, because the newer one first loads
 * Node's HTTP client and passes every byte through the main process's own thread, which is busy with the rest of the start.
 * @param session the session of our windows.
 * @param folder path of the built renderer.
 * @param asked told of every file of ours that is asked for.
 */
export function servePage(session: Session, folder: string, asked: AskedFiles): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- for the reason above; Electron 45 still has it.
  session.protocol.registerFileProtocol(PAGE_SCHEME, ({ url, method }, answer) => {
    const file = fileOf(url, folder);
    const contentType = CONTENT_TYPES[path.extname(file ?? '')];
    if (method === 'GET' && file && contentType) {
      answer({ path: file, headers: headersFor(contentType) });
      asked.note(path.extname(file));
    } else answer({ error: FILE_NOT_FOUND });
  });
}

/** Chromium's number for what is not there. */
const FILE_NOT_FOUND = -6;

/** The file that an address of our own page names; null for any other address and for what lies outside the folder. */
function fileOf(url: string, folder: string): string | null {
  if (!isPageAddress(url)) return null;
  const name = decoded(new URL(url).pathname);
  if (name === null) return null;
  const file = path.join(folder, path.normalize(name));
  return file.startsWith(folder + path.sep) ? file : null;
}

/** Null for what is no text in good form, and for a name with an end in it that only some would see. */
function decoded(name: string): string | null {
  try {
    const text = decodeURIComponent(name);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/**
 * Without `Cross-Origin-Opener-Policy`: no page can open this one and this one opens none (`lockDownContents`), and that header alone
 * would have Chromium start a second process for the page in place of the one that it began with the window.
 */
function headersFor(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  };
}
