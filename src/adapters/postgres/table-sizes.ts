import type { Connection } from './connection.ts';

/** A table with its indexes; its rows as PostgreSQL's statistics estimate them. */
export type TableSize = { table: string; bytes: number; rows: number };

/** How large the bot's tables are. */
export async function tableSizes({ pool }: Pick<Connection, 'pool'>): Promise<TableSize[]> {
  const { rows } = await pool.query<TableSize>(
    `select relname as "table", pg_total_relation_size(relid)::float8 as bytes, n_live_tup::float8 as rows
       from pg_stat_user_tables where schemaname = 'public' order by relname`,
  );
  return rows;
}
