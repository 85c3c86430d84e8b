/** Builds the window: `out/renderer`, for Electron and browsers alike. Everything on Node's side is compiled by tsc. */
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

// The Electron that the window is written for; building it needs none at hand.
process.env.ELECTRON_MAJOR_VER ??= '45';

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

export default defineConfig({
  renderer: {
    root: here('src/renderer'),
    plugins: [vue()],
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
