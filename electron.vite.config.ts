/**
 * Builds what Electron loads: its main process and preload script (`out/electron`, each one file with everything but Electron in it), and
 * the window (`out/renderer`), for Electron and browsers alike. Everything else on Node's side is compiled by tsc.
 */
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { expressions } from './scripts/window/expressions.mjs';
import { licences } from './scripts/window/licences.mjs';

// The Electron that the program is written for; building needs none at hand.
process.env.ELECTRON_MAJOR_VER ??= '45';

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** A sandboxed preload script must be CommonJS; the main process is the same, so that old Electrons can run it in tests. */
function script(name: string, input: string) {
  return {
    outDir: here('out/electron'),
    emptyOutDir: false,
    externalizeDeps: false,
    sourcemap: true,
    minify: false,
    rolldownOptions: { input: here(input), output: { format: 'cjs' as const, entryFileNames: `${name}.cjs`, codeSplitting: false } },
  };
}

export default defineConfig({
  main: { build: script('main', 'src/main/hosts/electron/main.ts') },
  preload: { build: script('preload', 'src/preload/preload.ts') },
  renderer: {
    root: here('src/renderer'),
    plugins: [vue(), licences(here('.')), expressions()],
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      target: 'es2022',
      minify: true,
      rolldownOptions: { input: here('src/renderer/index.html') },
      chunkSizeWarningLimit: 1500,
    },
  },
});
