import { tool } from './tool.mjs';

/** Checks style and borders; a warning is a fault. @returns {Promise<number>} */
export function checkStyle() {
  return tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
}
