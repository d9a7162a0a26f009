import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../drive/index.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { icnsOf, icoOf } from './containers.mjs';

/** Every size that a desktop asks for. Up to the last small one the line is drawn wider, or it would fade away. */
const SIZES_PX = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
const LAST_SMALL_PX = 32;

const folder = join(rootFolder(), 'resources', 'icons');
const profileFolder = await mkdtemp(join(tmpdir(), 'sayso-icons-'));
const { electron, kill } = await launchApp({ profileFolder, serverUrl: 'http://127.0.0.1:9' });
/** @type {Map<number, Buffer>} */
const drawn = new Map();
try {
  for (const size of SIZES_PX) {
    const source = size <= LAST_SMALL_PX ? 'icon-small.svg' : 'icon.svg';
    const svg = await readFile(join(folder, source), 'utf8');
    drawn.set(size, Buffer.from(await draw(svg, size), 'base64'));
  }
} finally {
  await kill();
  await rm(profileFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
for (const [size, png] of drawn) await writeFile(join(folder, `${size}x${size}.png`), png);
await writeFile(join(folder, 'icon.ico'), icoOf(drawn));
await writeFile(join(folder, 'icon.icns'), icnsOf(drawn));
console.log(`drawn: ${[...drawn.keys()].join(', ')} px, icon.ico, icon.icns`);

/**
 * A drawing as a PNG, by the same engine that draws the window.
 *
 * @param {string} svg
 * @param {number} size its width and height, pixels
 * @returns {Promise<string>} base64
 */
function draw(svg, size) {
  return electron.evaluate(
    async ({ BrowserWindow }, { drawing, side }) => {
      const window = new BrowserWindow({ show: false });
      await window.loadURL('data:text/html,<canvas>');
      const paint = `(async () => {
        const image = new Image();
        image.src = ${JSON.stringify(`data:image/svg+xml,${encodeURIComponent(drawing)}`)};
        image.width = image.height = ${side};
        await image.decode();
        const canvas = document.querySelector('canvas');
        canvas.width = canvas.height = ${side};
        canvas.getContext('2d').drawImage(image, 0, 0, ${side}, ${side});
        return canvas.toDataURL('image/png');
      })()`;
      const address = await window.webContents.executeJavaScript(paint);
      window.destroy();
      return address.slice(address.indexOf(',') + 1);
    },
    { drawing: svg, side: size },
  );
}
