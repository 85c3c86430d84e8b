import { defineConfig } from 'vitest/config';

// TensorFlow lives once in a process and its work fills the machine: a process a file, few at a time.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes when the machine comes to it.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default'],
  },
});
