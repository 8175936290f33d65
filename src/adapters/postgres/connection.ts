import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client.ts';

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
 */
export function connectPostgres(
  url: string,
  options: { poolSize: number; onConnectionLost: (error: Error) => void },
): Connection {
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize,
    application_name: 'lead-handoff-bot',
    connectionTimeoutMillis,
  });
  // Without a listener a lost connection ends the process: the pool's for idle ones, the client's while in use.
  pool.on('error', options.onConnectionLost);
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
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
