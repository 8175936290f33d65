import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A run of tests with one PostgreSQL server. @param workers how many files run at once */
export function testRun(tests: { include: string[]; exclude: string[]; workers: number }): ViteUserConfig {
  const { include, exclude, workers } = tests;
  return defineConfig({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    test: {
      include,
      exclude,
      globalSetup: ['test/support/postgres-server.ts'],
      setupFiles: ['test/support/setup.ts'],
      maxWorkers: workers,
      // Files share a process: what they import is loaded and compiled once, and connections stay open.
      isolate: false,
      // Nothing is too slow: these end what would hang for ever, however busy the machine is.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      expect: { poll: { timeout: 120_000 } },
      // Prisma's schema engine is imported as WebAssembly, which Node still calls experimental.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    },
  });
}
