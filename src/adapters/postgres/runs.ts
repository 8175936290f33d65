import type { Runs } from '../../flow/ports/time.ts';
import type { Connection } from './connection.ts';

/** When each routine last ran, in PostgreSQL. */
export function postgresRuns({ prisma }: Pick<Connection, 'prisma'>): Runs {
  return {
    last: async (routine) => (await prisma.run.findUnique({ where: { routine } }))?.at ?? null,

    note: async (routine, at) => {
      const [noted] = await prisma.$queryRaw<{ before: Date | null }[]>`
        insert into run (routine, at) values (${routine}, ${at}::timestamptz)
        on conflict (routine) do update set before = run.at, at = excluded.at where run.at < excluded.at
        returning before`;
      return noted?.before ?? null;
    },

    moveBack: async (routine, to) => {
      await prisma.run.updateMany({ where: { routine, at: { gt: to } }, data: { at: to } });
    },

    begin: async (routine, at, jobs) => {
      const [tasks, keys] = [jobs.map(({ task }) => task), jobs.map(({ key }) => key)];
      await prisma.$queryRaw`
        with noted as (
          insert into run (routine, at) values (${routine}, ${at}::timestamptz)
          on conflict (routine) do update set before = run.at, at = excluded.at where run.at < excluded.at
          returning routine
        )
        select count(asked.key) from noted cross join lateral ask_jobs(${tasks}::text[], ${keys}::text[]) as asked`;
    },
  };
}
