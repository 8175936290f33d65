import { Client } from 'pg';

/** Counts the transactions of one database that wrote something and were committed. */
export type CommitMarks = { reset(): Promise<void>; count(): Promise<number>; close(): Promise<void> };

/**
 * Reads them from the write-ahead log, with PostgreSQL's own `pg_walinspect`: each has a commit record there, and
 * records of changes to pages, which name their database. Statistics count transactions that only read as well, and
 * the protocol does not say whether a function that was selected wrote anything. Those with `synchronous_commit` off
 * are counted although nobody waited for them; a commit of which only a subtransaction wrote is not.
 *
 * Needs a superuser, and that the server writes no more than a few of its log's segments in between.
 */
export async function commitMarks(databaseUrl: string): Promise<CommitMarks> {
  const url = new URL(databaseUrl);
  const database = decodeURIComponent(url.pathname.slice(1));
  // The extension goes where it is in nobody's way.
  url.pathname = 'postgres';
  const admin = new Client({ connectionString: url.href });
  admin.on('error', () => {});
  await admin.connect();
  // Two who create it at the same time are one too many, even with `if not exists`.
  await admin.query('select pg_advisory_lock(7_310_026)');
  await admin.query('create extension if not exists pg_walinspect');
  await admin.query('select pg_advisory_unlock(7_310_026)');

  const position = async () => {
    const { rows } = await admin.query<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn');
    return rows[0]?.lsn ?? '';
  };
  let since = await position();
  return {
    reset: async () => {
      since = await position();
    },
    count: async () => {
      const until = await position();
      if (until === since) return 0;
      // What was committed without waiting may not be in the files yet, from where it is read.
      await admin.query('set synchronous_commit = on');
      await admin.query(`select pg_logical_emit_message(true, 'handoff', '')`);
      const { rows } = await admin.query<{ commits: number }>(
        `with record as materialized (
           select xid, record_type from pg_get_wal_records_info($1, $2) where resource_manager = 'Transaction'
         ), writer as materialized (
           select distinct block.xid
             from pg_get_wal_block_info($1, $2, false) as block
            where block.reldatabase = (select oid from pg_database where datname = $3)
         )
         select count(*)::int as commits from record join writer using (xid) where record_type like 'COMMIT%'`,
        [since, until, database],
      );
      return rows[0]?.commits ?? 0;
    },
    close: () => admin.end(),
  };
}
