import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { Pool } from 'pg';

const schemaFile = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));

const filters = { externalTables: [], externalEnums: [] };

/** The SQL that would bring the database at `url` to prisma/schema.prisma; empty when they agree. */
export async function sqlMissingIn(url: string): Promise<string> {
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
  const { stdout } = await withEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  return stdout?.includes('-- This is an empty migration.') ? '' : (stdout ?? '');
}

/** Applies one migration as `prisma migrate deploy` does. */
export async function deployWithPrisma(url: string, name: string, sql: string): Promise<void> {
  const content = { tag: 'ok' as const, value: sql };
  await withEngine(url, (engine) =>
    engine.applyMigrations({
      migrationsList: {
        baseDir: '/',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories: [{ path: name, migrationFile: { path: 'migration.sql', content } }],
      },
      filters,
    }),
  );
}

async function withEngine<Result>(
  url: string,
  use: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  // The engine is WebAssembly: it runs offline, where Prisma's command line downloads a native one.
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm');
  const pool = new Pool({ connectionString: url });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(catalogueReader(pool));
    return await use(await SchemaEngine.new({ datamodels: undefined }, () => {}, factory));
  } finally {
    await pool.end();
  }
}

/** What the engine reads, by PostgreSQL's number of the type; the rest of it is text. */
const columnTypes = new Map<number, ColumnType>([
  [16, ColumnTypeEnum.Boolean],
  [18, ColumnTypeEnum.Character],
  [20, ColumnTypeEnum.Int64],
  [21, ColumnTypeEnum.Int32],
  [23, ColumnTypeEnum.Int32],
  [26, ColumnTypeEnum.Int64],
  [1005, ColumnTypeEnum.Int32Array],
  [1009, ColumnTypeEnum.TextArray],
  [1184, ColumnTypeEnum.DateTime],
]);

/** Prisma's adapter, which refuses the catalogue's `"char"` columns, with a query that knows them. */
function catalogueReader(pool: Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.queryRaw = async ({ sql, args }: SqlQuery) => {
      const { fields, rows } = await pool.query<unknown[]>({ text: sql, values: args, rowMode: 'array' });
      return {
        columnNames: fields.map((field) => field.name),
        columnTypes: fields.map((field) => columnTypes.get(field.dataTypeID) ?? ColumnTypeEnum.Text),
        rows: rows.map((row) => row.map((value, i) => asEngineValue(value, fields[i]?.dataTypeID))),
      };
    };
    return adapter;
  };
  return factory;
}

function asEngineValue(value: unknown, type: number | undefined): unknown {
  if (value instanceof Date) return value.toISOString();
  // An empty "char" is the byte 0.
  return type === 18 && value === '' ? '\0' : value;
}
