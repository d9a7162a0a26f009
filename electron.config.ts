import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/** Three builds: the main process, one sandboxed preload, and the window's content. Targets suit Electron 33 and newer. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      sourcemap: true,
      lib: { entry: 'src-main/index.ts', formats: ['es'] },
      // Native modules stay outside; everything else is bundled, so that an installed app reads few files at start.
      externalizeDeps: {
        include: ['better-sqlite3', 'keytar'],
        exclude: ['zod', 'uuid', 'canonicalize'],
      },
      rollupOptions: { output: { entryFileNames: 'index.js', format: 'es' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      // A sandboxed preload can require nothing but electron: one CommonJS file with all it needs.
      externalizeDeps: false,
      lib: { entry: 'src-preload/index.ts', formats: ['cjs'] },
      rollupOptions: { output: { entryFileNames: 'index.cjs', format: 'cjs' } },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [svelte({ configFile: '../svelte.config.js' })],
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      minify: true,
      // The page's content security policy allows no data: address and no inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
});
