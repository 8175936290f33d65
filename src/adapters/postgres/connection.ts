import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { readAddress } from './address.ts';
import { PrismaClient } from './generated/client.ts';
import { type Purpose, setUp } from './session-settings.ts';

export type Connection = {
  /** Shared by Prisma, the job worker and raw SQL. */
  pool: Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
};

/** A server that accepts and stays silent would otherwise be waited for without end. */
const connectionTimeoutMillis = 10_000;

/**
 * Opens the one pool of this process; nothing is connected before the first query. `onConnectionLost` hears of
 * connections that broke: queries on them fail by themselves and the pool replaces them, so it needs only to log.
 * @param url as libpq understands it, and with `?schema=` for tables in a schema of their own
 * @throws UnfitDatabase when the address contradicts itself
 */
export function connectPostgres(
  url: string,
  options: { poolSize: number; onConnectionLost: (error: Error) => void; purpose?: Purpose },
): Connection {
  const { purpose = 'working' } = options;
  const { connectionString, schema } = readAddress(url);
  const pool = new Pool({
    connectionString,
    max: options.poolSize,
    application_name: 'lead-handoff-bot',
    connectionTimeoutMillis,
    onConnect: (client) => setUp(client, { schema, purpose }),
  });
  // Without a listener a lost connection ends the process: the pool's for idle ones, the client's while in use.
  pool.on('error', options.onConnectionLost);
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return {
    pool,
    prisma,
    close: async () => {
      pool.off('error', options.onConnectionLost).on('error', () => {});
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Prisma writes a schema before each table, and would not look for them where the sessions of a role do. */
function prismaAdapter(pool: Pool): Pick<PrismaPg, 'provider' | 'adapterName' | 'connect'> {
  const { provider, adapterName } = new PrismaPg(pool);
  return {
    provider,
    adapterName,
    connect: async () => {
      const { rows } = await pool.query<{ schema: string }>('select current_schema as schema');
      return new PrismaPg(pool, { schema: rows[0]?.schema ?? 'public' }).connect();
    },
  };
}
