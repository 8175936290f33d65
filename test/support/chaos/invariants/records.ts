import type { HubSpotServer } from '../../../../sandbox/hubspot/server.ts';
import type { TestDatabase } from '../../database.ts';
import type { History } from '../history.ts';

const engagements = ['calls', 'emails', 'meetings', 'communications', 'notes'] as const;

/**
 * What is wrong with the records: a touch that was logged from a card must be stored once, and stand once in HubSpot,
 * if the rep was told that it is logged, and otherwise not more often; a handoff has one follow-up task.
 * @param logged by the note, whether the rep was told
 */
export async function wrongRecords(
  { prisma }: TestDatabase,
  hubspot: HubSpotServer,
  logged: ReadonlyMap<string, boolean>,
  histories: readonly History[],
): Promise<string[]> {
  const stored = (await prisma.touch.findMany({ where: { note: { not: '' } } })).map(({ note }) => note);
  const written = engagements
    .flatMap((type) => hubspot.objects(type))
    .map(({ properties }) => Object.values(properties).join('\n'));
  const touches = [...logged].flatMap(([note, wasTold]) => {
    const counts = [
      stored.filter((other) => other === note).length,
      // The mark that follows it tells "no. 1" from "no. 11".
      written.filter((text) => text.includes(`${note}\n`) || text.includes(`${note}<`)).length,
    ];
    const [inDatabase = 0, inHubSpot = 0] = counts;
    const isRight = inDatabase === inHubSpot && inDatabase <= 1 && (inDatabase === 1 || !wasTold);
    return isRight ? [] : [`"${note}" is stored ${inDatabase} times and ${inHubSpot} times in HubSpot`];
  });

  const leads = new Set(histories.map(({ handoff }) => handoff.leadId));
  const tasks = [...leads].flatMap((lead) => {
    const most = histories.filter(({ handoff }) => handoff.leadId === lead).length;
    const found = hubspot.objectsOf(lead, 'tasks').length;
    return found > most ? [`lead ${lead} has ${found} tasks, expected ${most} at most`] : [];
  });
  return [...touches, ...tasks];
}
