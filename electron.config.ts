import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { alone } from './scripts/build/alone.mjs';

/** Three builds: the main process, one sandboxed preload, and the window's content. Targets suit Electron 33 and newer. */
export default defineConfig({
  main: {
    plugins: [
      // What the first page shows is read by a file with nothing in it that this does without.
      alone({
        name: 'first-view',
        entry: 'src-main/first-view/read.ts',
        outDir: 'out/main',
        target: 'node20',
        external: ['better-sqlite3'],
      }),
    ],
    build: {
      outDir: 'out/main',
      target: 'node20',
      sourcemap: true,
      // The check of the ledger runs on a thread of its own, and the keychain's helper is a process, so each is a file of its own.
      lib: {
        entry: {
          index: 'src-main/index.ts',
          'check-worker': 'src-main/ledger/check-worker.ts',
          'keychain-helper': 'src-main/secrets/helper.ts',
        },
        formats: ['es'],
      },
      // Native modules stay outside; everything else is bundled, so that an installed app reads few files at start.
      externalizeDeps: {
        include: ['better-sqlite3', 'keytar'],
        exclude: [
          'zod',
          'uuid',
          'jose',
          'diff',
          '@opentelemetry/api',
          '@opentelemetry/otlp-transformer',
          '@opentelemetry/resources',
          '@opentelemetry/sdk-metrics',
        ],
      },
      rollupOptions: { output: { entryFileNames: '[name].js', format: 'es' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      // A sandboxed preload can require nothing but electron: one CommonJS file with all it needs.
      externalizeDeps: false,
      lib: {
        entry: { index: 'src-preload/index.ts', site: 'src-preload/site.ts' },
        formats: ['cjs'],
      },
      rollupOptions: { output: { entryFileNames: '[name].cjs', format: 'cjs' } },
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
      modulePreload: false,
      // One style sheet, so that no script waits for another one.
      cssCodeSplit: false,
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
});
