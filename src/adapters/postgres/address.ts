import { userInfo } from 'node:os';
import { UnfitDatabase } from './unfit.ts';

/** The address of a database for `pg`, and the schema for all tables, where it names one. */
export type Address = { connectionString: string; schema: string | null };

/**
 * Reads an address as libpq and Prisma do, where `pg` does otherwise: `sslmode=require` encrypts without asking who the
 * server is, unless `sslrootcert` says whom to trust; who names no user is the one of the system; `schema` is the place
 * of the tables. https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export function readAddress(url: string): Address {
  // libpq takes an address without a host, as with the socket behind `?host=`.
  const address = URL.parse(url.replace(/@(?=[/?]|$)/, '@localhost'));
  if (!address)
    throw new UnfitDatabase('DATABASE_URL is no address, expected postgres://user:password@host/database');
  const { searchParams } = address;
  const schema = searchParams.get('schema');
  searchParams.delete('schema');
  const isNamed = address.username || searchParams.get('user') || process.env['PGUSER'];
  if (!isNamed) searchParams.set('user', userInfo().username);
  const sslmode = searchParams.get('sslmode');
  if (sslmode === 'verify-ca' && !searchParams.has('sslrootcert')) {
    throw new UnfitDatabase(
      'sslmode=verify-ca in DATABASE_URL trusts nobody yet, expected sslrootcert=/path/to/root.crt beside it',
    );
  }
  if (sslmode) searchParams.set('uselibpqcompat', 'true');
  return { connectionString: address.href, schema };
}
