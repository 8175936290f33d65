import type { KeptPass, Pass, Passes } from '../../flow/ports/passes.ts';
import type { Connection } from './connection.ts';
import type { Pass as Row } from './generated/client.ts';
import { isUuid } from './is-uuid.ts';

/** The passes to the dashboard in PostgreSQL. */
export function postgresPasses({ prisma }: Pick<Connection, 'prisma'>): Passes {
  const isGood = (now: Date) => ({ endedAt: null, until: { gt: now } });
  return {
    add: async ({ hash, ...pass }) => {
      await prisma.pass.create({ data: { ...pass, hash: Uint8Array.from(hash) } });
    },

    find: async (id, now) => {
      if (!isUuid(id)) return null;
      const row = await prisma.pass.findFirst({ where: { id, ...isGood(now) } });
      return row && { ...passOf(row), hash: row.hash };
    },

    end: async (id, by, now) => {
      if (!isUuid(id)) return false;
      const { count } = await prisma.pass.updateMany({
        where: { id, ...isGood(now) },
        data: { endedAt: now, endedBy: by },
      });
      return count > 0;
    },

    boards: async (now) => {
      const rows = await prisma.pass.findMany({
        where: { kind: 'board', ...isGood(now) },
        orderBy: [{ madeAt: 'desc' }, { id: 'asc' }],
      });
      return rows.map((row) => passOf(row)).filter((pass) => pass.kind === 'board');
    },
  };
}

function passOf({ id, person, madeAt, until, kind, role, team }: Row): Pass {
  const common = { id, person, madeAt, until };
  switch (kind as KeptPass['kind']) {
    case 'link':
      return { ...common, kind: 'link' };
    case 'session':
      return { ...common, kind: 'session', role: role ?? '' };
    default:
      return { ...common, kind: 'board', team };
  }
}
