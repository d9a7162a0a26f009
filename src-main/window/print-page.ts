import { BrowserWindow, session as sessions } from 'electron';
import { lockDownSession } from './lock-down.js';
import { PAGE_SCHEME } from './page-scheme.js';

/** Under another host than our own page: nothing of it is taken for a window of ours. */
const ADDRESS = `${PAGE_SCHEME}://print/document.html`;

/**
 * Makes a PDF (A4, tagged) of a page that nobody sees: in a window without script, without bridge, in a session of its own that
 * holds this one page and nothing else.
 * @param html a whole document.
 * @param style the one style sheet in it, word for word.
 */
export async function printPage(html: string, style: string): Promise<Uint8Array> {
  // Loaded here, so that no window waits for it.
  const { createHash, randomUUID } = await import('node:crypto');
  const session = sessions.fromPartition(`sayso-print-${randomUUID()}`, { cache: false });
  lockDownSession(session);
  const hash = createHash('sha256').update(style, 'utf8').digest('base64');
  session.protocol.handle(PAGE_SCHEME, ({ url, method }) =>
    method === 'GET' && url === ADDRESS
      ? new Response(html, {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
            'x-content-type-options': 'nosniff',
          },
        })
      : new Response(null, { status: 404 }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    await window.loadURL(ADDRESS);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: false,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    window.destroy();
    session.protocol.unhandle(PAGE_SCHEME);
  }
}
