import { z } from 'zod';
import type { OwnerId } from '../../domain/lead/lead.ts';
import type { SequencesOf } from '../../domain/policy/intros.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, isForbidden, isNotFound } from './error-answer.ts';

/** Where sequences are, by the path that the table of versions knows. */
export const sequencesPath = '/automation/v4/sequences';

/** Somebody's own sequences, by their names, or why the app cannot use any. */
export type OwnSequences =
  | { userId: string; idOf: ReadonlyMap<string, string> }
  | { refused: { kind: 'noOwner' | 'noScope' | 'noSeat' } };

const perPage = 50;

const sequencesPage = z.object({
  results: z.array(z.object({ id: z.string(), name: z.string(), userId: z.string() })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

/** Reads which sequences an owner has made for themselves; those that colleagues share are written in others' names. */
export async function readOwnSequences(hubspot: HubSpot, ownerId: OwnerId): Promise<OwnSequences> {
  return sequencesOf(hubspot, await userOf(hubspot, ownerId));
}

/** The names of the sequences that people of the policy have made, or why they can use none. */
export async function readSequencesOf(
  hubspot: HubSpot,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, SequencesOf>> {
  const each = people.map(async (email): Promise<[PersonId, SequencesOf]> => {
    const own = await sequencesOf(hubspot, await userWith(hubspot, email));
    return [email, 'refused' in own ? own.refused.kind : new Set(own.idOf.keys())];
  });
  return new Map(await Promise.all(each));
}

async function sequencesOf(hubspot: HubSpot, userId: string | null): Promise<OwnSequences> {
  if (!userId) return { refused: { kind: 'noOwner' } };
  const idOf = new Map<string, string>();
  let after: string | undefined;
  try {
    do {
      const query = { userId, limit: String(perPage), ...(after && { after }) };
      const answer = await hubspot.send('read sequences', { path: sequencesPath, query });
      const page = sequencesPage.parse(answer);
      for (const one of page.results) if (one.userId === userId) idOf.set(one.name, one.id);
      after = page.paging?.next?.after;
    } while (after);
  } catch (error) {
    if (isForbidden(error)) return { refused: forbidden(error) };
    throw error;
  }
  return { userId, idOf };
}

/** Whether the app lacks the scope, or the user the seat or the permission. */
export function forbidden(error: unknown): { kind: 'noScope' | 'noSeat' } {
  return { kind: answerBehind(error)?.category === 'MISSING_SCOPES' ? 'noScope' : 'noSeat' };
}

/** The user behind an owner; null for one who has left. */
async function userOf(hubspot: HubSpot, ownerId: OwnerId): Promise<string | null> {
  try {
    const { userId } = await hubspot.read('read an owner', (crm) =>
      crm.owners.ownersApi.getById(Number(ownerId)),
    );
    return userId ? String(userId) : null;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The user with an email; null when no active one has it. */
async function userWith(hubspot: HubSpot, email: PersonId): Promise<string | null> {
  const { results } = await hubspot.read('find an owner', (crm) => crm.owners.ownersApi.getPage(email));
  const userId = results[0]?.userId;
  return userId ? String(userId) : null;
}
