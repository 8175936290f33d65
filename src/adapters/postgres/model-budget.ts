import type { ModelBudget } from '../../flow/ports/model.ts';
import type { Connection } from './connection.ts';

/** What of a day's budget is used, in PostgreSQL: other days' counts go with the first call of a new one. */
export function postgresModelBudget({ prisma }: Pick<Connection, 'prisma'>): ModelBudget {
  return {
    take: async (day, atMost) => {
      const taken = await prisma.$queryRaw<unknown[]>`
        with others as (delete from model_use where day <> ${day}::date)
        insert into model_use (day, calls) values (${day}::date, 1)
        on conflict (day) do update set calls = model_use.calls + 1 where model_use.calls < ${atMost}
        returning calls`;
      return taken.length > 0;
    },
  };
}
