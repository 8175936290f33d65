import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-server.ts'],
    maxWorkers: 2,
    // Files share a process: what they import is loaded, compiled and warm once, and so are connections to the database.
    isolate: false,
    // No test is too slow; these end only what would hang for ever, also on a machine that is busy with something else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Prisma's schema engine is imported as WebAssembly, which Node still calls experimental.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
});
