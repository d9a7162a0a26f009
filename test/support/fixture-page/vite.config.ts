import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** `npx vite --config test/support/fixture-page/vite.config.ts`: the window in any browser, without Electron. */
export default defineConfig({
  root: path.dirname(fileURLToPath(import.meta.url)),
  base: './',
  plugins: [svelte()],
  server: { host: '127.0.0.1' },
  build: {
    outDir: '../../../out/fixture-page',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
  },
});
