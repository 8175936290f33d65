import type { News } from '../../../../src/domain/card/bulletin.ts';
import { digestMax } from '../../../../src/domain/card/digest.ts';
import type { LeadId } from '../../../../src/domain/lead/lead.ts';
import type { PersonId } from '../../../../src/domain/policy/policy.ts';
import type { TestDatabase } from '../../database.ts';
import type { History } from '../history.ts';

/** A message that somebody got, and the leads that it lists. */
export type SeenDigest = { id: string; person: PersonId; leads: readonly LeadId[] };

/**
 * What is wrong with the digests, when the time of each has come: every lead is in one of them, its holder's, and its target
 * counts from it. Somebody is called again only when the time of another digest has come, and gets no more messages than
 * that takes. Each is known by its leads, so that it can be taken back.
 */
export async function wrongDigests(
  { prisma }: TestDatabase,
  histories: readonly History[],
  digests: readonly SeenDigest[],
): Promise<string[]> {
  const calls = await readCalls(prisma, histories);
  return [
    ...histories.flatMap((history) => wrongLead(history, digests)),
    ...calls.flatMap((call, index) => calledTooSoon(call, calls.slice(0, index))),
    ...tooMany(calls, digests),
    ...(await unknown(prisma, digests)),
  ];
}

function wrongLead({ handoff, log }: History, digests: readonly SeenDigest[]): string[] {
  const name = `lead ${handoff.leadId}`;
  const { digestAt, granted } = handoff;
  const holders = digests.filter(({ leads }) => leads.includes(handoff.leadId)).map(({ person }) => person);
  const arrived = log.find(({ event }) => event.type === 'delivered');
  if (!digestAt) return [`${name} came in no digest`];
  if (!arrived)
    return [`${name} of ${digestAt.toISOString()} has not come, and is in the digests of ${holders}`];
  const isRight = holders.length === 1 && holders[0] === handoff.assignment.rep;
  const inTime = arrived.at.getTime() - digestAt.getTime() <= allowanceMs;
  const from = inTime ? digestAt : arrived.at;
  return [
    ...(isRight ? [] : [`${name} of ${handoff.assignment.rep} is in the digests of ${holders}`]),
    ...(arrived.at < digestAt ? [`${name} came before ${digestAt.toISOString()}`] : []),
    ...(granted?.from.getTime() === from.getTime()
      ? []
      : [`the target of ${name} counts from ${granted?.from.toISOString()}, expected ${from.toISOString()}`]),
  ];
}

/** A message that comes later than this moves the targets of its leads. */
const allowanceMs = 60_000;

type Call = { person: PersonId; at: Date; leads: readonly { id: LeadId; digestAt: Date | undefined }[] };

/** The calls for digests, as they were made. */
async function readCalls(prisma: TestDatabase['prisma'], histories: readonly History[]): Promise<Call[]> {
  const handoffs = new Map(histories.map(({ handoff }) => [handoff.id, handoff]));
  const rows = await prisma.news.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const called = rows.flatMap(({ person, at, data }) => {
    const news = data as News;
    const handoff = news.kind === 'digest' ? handoffs.get(news.handoffId) : undefined;
    return handoff ? [{ person, at, lead: { id: handoff.leadId, digestAt: handoff.digestAt } }] : [];
  });
  return [...Map.groupBy(called, ({ person, at }) => `${person} ${at.toISOString()}`).values()].flatMap(
    (of) => of.slice(0, 1).map(({ person, at }) => ({ person, at, leads: of.map(({ lead }) => lead) })),
  );
}

function calledTooSoon({ person, at, leads }: Call, before: readonly Call[]): string[] {
  const last = before.findLast((call) => call.person === person)?.at;
  const isNew = leads.some(({ digestAt }) => digestAt !== undefined && (!last || digestAt > last));
  if (isNew) return [];
  const names = leads.map(({ id }) => id);
  return [`${person} was called at ${at.toISOString()} for ${names}, after ${last?.toISOString()}`];
}

function tooMany(calls: readonly Call[], digests: readonly SeenDigest[]): string[] {
  return [...Map.groupBy(digests, ({ person }) => person)].flatMap(([person, got]) => {
    const own = calls.filter((call) => call.person === person);
    const most = own.reduce((sum, { leads }) => sum + Math.ceil(leads.length / digestMax), 0);
    return got.length > most ? [`${person} got ${got.length} digests, expected ${most} at most`] : [];
  });
}

async function unknown(prisma: TestDatabase['prisma'], digests: readonly SeenDigest[]): Promise<string[]> {
  const said = await prisma.said.findMany({ select: { messageId: true, leadId: true } });
  return digests.flatMap(({ id, person, leads }) => {
    const known = said.filter(({ messageId }) => messageId === id).map(({ leadId }) => leadId);
    const missing = leads.filter((lead) => !known.includes(lead));
    return missing.map((lead) => `nobody knows that a digest of ${person} lists lead ${lead}`);
  });
}
