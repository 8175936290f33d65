import type { EventCursors } from '../../flow/ports/event-cursors.ts';
import type { Connection } from './connection.ts';

/** How far other systems were told of handoffs, in PostgreSQL; each begins with the change that it is to hear of first. */
export function postgresEventCursors({ prisma }: Pick<Connection, 'prisma'>): EventCursors {
  return {
    sent: async ({ handoffId, destination }) => {
      const cursor = await prisma.eventCursor.findUnique({
        where: { handoffId_destination: { handoffId, destination } },
      });
      return cursor && !cursor.gone ? cursor.seq : null;
    },

    advance: async ({ handoffId, destination }, seq) => {
      await prisma.eventCursor.updateMany({
        where: { handoffId, destination, seq: { lt: seq } },
        data: { seq },
      });
    },

    stop: async ({ handoffId, destination }) => {
      await prisma.eventCursor.updateMany({ where: { handoffId, destination }, data: { gone: true } });
    },
  };
}
