import { build } from 'vite';

/**
 * Builds one more file of the main process by itself, after the others: it shares nothing with them, and what it does not use of
 * the modules it needs (above all the schemas) is left out.
 *
 * @param {{ name: string, entry: string, outDir: string, target: string, external: string[] }} file
 * @returns {import('vite').Plugin}
 */
export function alone({ name, entry, outDir, target, external }) {
  return {
    name: `sayso:alone:${name}`,
    apply: 'build',
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'error',
        ssr: { noExternal: true, external },
        build: {
          ssr: entry,
          outDir,
          target,
          emptyOutDir: false,
          sourcemap: true,
          rolldownOptions: {
            external,
            // A schema does nothing by being made.
            treeshake: { moduleSideEffects: false, manualPureFunctions: ['z'] },
            output: { entryFileNames: `${name}.js`, format: 'es', codeSplitting: false },
          },
        },
      });
    },
  };
}
