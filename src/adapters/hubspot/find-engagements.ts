import { type Outcome, resultOf } from '../../flow/ports/crm.ts';
import { newestOf } from './associations.ts';
import { batchReader } from './batch-read.ts';
import { linesOf } from './body.ts';
import type { HubSpot } from './client.ts';
import { contactReader } from './contacts.ts';
import { outcomeOf } from './lots.ts';

/** How a record of ours is found again: by a line in its body. */
export type MarkedEngagement = {
  objectType: string;
  leadId: string;
  mark: string;
  bodyProperty: string;
};

/** An earlier attempt's record is among the newest of its kind. */
const newestLookedAt = 100;

/** The records of ours with these marks among the newest of their contacts; null where there is none. */
export async function findEngagements(
  hubspot: HubSpot,
  marked: readonly MarkedEngagement[],
): Promise<Outcome<string | null>[]> {
  const found = new Map<MarkedEngagement, Outcome<string | null>>();
  const types = Map.groupBy(marked, ({ objectType }) => objectType);
  await Promise.all(
    [...types].map(async ([objectType, ofType]) => {
      const outcomes = await findOfType(hubspot, objectType, ofType);
      ofType.forEach((one, index) => {
        found.set(one, outcomes[index] as Outcome<string | null>);
      });
    }),
  );
  return marked.map((one) => found.get(one) as Outcome<string | null>);
}

async function findOfType(
  hubspot: HubSpot,
  objectType: string,
  marked: readonly MarkedEngagement[],
): Promise<Outcome<string | null>[]> {
  const readContacts = contactReader(hubspot, { needed: [objectType], optional: [] });
  const bodies = [...new Set(marked.map(({ bodyProperty }) => bodyProperty))];
  const readRecords = batchReader(hubspot, objectType, () => bodies);
  const contacts = await readContacts(
    marked.map(({ leadId }) => leadId),
    { properties: ['hs_object_id'], histories: [] },
  );
  return Promise.all(
    marked.map(({ mark, bodyProperty }, index) =>
      outcomeOf(async () => {
        const contact = resultOf(contacts[index] as (typeof contacts)[number]);
        const links = contact?.links.get(objectType) ?? [];
        const records = await readRecords(
          newestOf(
            links.map(({ id }) => id),
            newestLookedAt,
          ),
        );
        const own = records.find(({ properties }) => linesOf(properties[bodyProperty] ?? '').includes(mark));
        return own?.id ?? null;
      }),
    ),
  );
}
