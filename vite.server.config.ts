import { defineConfig } from 'vite';

/** The reference server as one ES module for Node; packages stay outside the bundle. */
export default defineConfig({
  build: {
    ssr: 'src-server/index.ts',
    outDir: 'out/server',
    target: 'node20',
    minify: false,
    sourcemap: true,
    emptyOutDir: true,
    rollupOptions: { output: { entryFileNames: 'index.js', format: 'es' } },
  },
});
