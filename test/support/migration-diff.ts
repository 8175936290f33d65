// Prints the SQL that the migrations lack to arrive at prisma/schema.prisma:
//
//   mkdir prisma/migrations/<yyyymmddhhmmss>_<purpose>
//   npx node test/support/migration-diff.ts > prisma/migrations/<yyyymmddhhmmss>_<purpose>/migration.sql
//
// Then write the reason on top of the file. To make an unreleased migration anew, empty its file and run the same.
import { connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { sqlMissingIn } from './schema-engine.ts';
import { startTemporaryPostgres } from './temporary-postgres.ts';

const server = await startTemporaryPostgres();
const { pool, close } = connectPostgres(server.urlOf('postgres'), {
  poolSize: 2,
  onConnectionLost: console.error,
});
await migrate({ pool });
await close();
const sql = await sqlMissingIn(server.urlOf('postgres'));
await server.stop();
console.log(sql || '-- The migrations agree with the schema.');
