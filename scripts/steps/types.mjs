import { tool } from './tool.mjs';

/** Checks the types of Node's side, of the scripts, of Electron’s side and of the window. @returns {Promise<number>} The first exit code that is not 0, else 0. */
export async function checkTypes() {
  const codes = [
    await tool('typescript/bin/tsc', ['-p', 'tsconfig.json']),
    await tool('typescript/bin/tsc', ['-p', 'tsconfig.scripts.json']),
    await tool('typescript/bin/tsc', ['-p', 'tsconfig.electron.json']),
    await tool('vue-tsc/bin/vue-tsc.js', ['-p', 'tsconfig.renderer.json']),
  ];
  return codes.find((code) => code !== 0) ?? 0;
}
