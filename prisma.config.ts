import { existsSync } from 'node:fs';
import { defineConfig } from 'prisma-cli/config';

// `generate` and `validate` never run the schema engine, yet the CLI downloads it first, which fails behind a
// firewall. Naming any existing file as the engine skips the download. Migrations need no engine either: the app
// applies them itself (src/adapters/postgres/migrate.ts).
const needsNoEngine = process.argv.some(
  (word) => word === 'generate' || word === 'validate' || word === 'format',
);
if (needsNoEngine && existsSync('package.json')) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= 'package.json';
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
