import type { Crm, CrmOwner } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import type { HubSpot } from './client.ts';
import { isForbidden } from './error-answer.ts';
import { hourly } from './hourly.ts';
import { readMeetingLinks } from './meeting-links.ts';
import { textOf } from './values.ts';
import { type WorkingTime, workingTimeOf, workingTimeProperties } from './working-time.ts';

/**
 * Reads everybody who can own records, those who left too, with the working time that their users have set, and once an
 * hour with their pages for booking meetings.
 */
export function ownersReader(hubspot: HubSpot, clock: Clock): Crm['owners'] {
  const meetingLinks = hourly(clock, () => readMeetingLinks(hubspot));
  return async () => {
    const [active, inactive, workingTimes, links] = await Promise.all([
      ownersOf(hubspot, true),
      ownersOf(hubspot, false),
      workingTimesIn(hubspot),
      meetingLinks(),
    ]);
    return [...active, ...inactive].map(({ userId, ...owner }) => {
      const meetingLink = links.get(userId);
      const workingTime =
        workingTimes.byOwner.get(owner.id) ?? workingTimes.byEmail.get(owner.email.toLowerCase());
      return {
        ...owner,
        ...(workingTime ?? { hours: null, absences: [], setAway: false }),
        ...(meetingLink && { meetingLink }),
      };
    });
  };
}

/** With the id of the user whom they are; empty for one who left. */
type Owner = Omit<CrmOwner, keyof WorkingTime> & { userId: string };

const ownersPerPage = 500;

async function ownersOf(hubspot: HubSpot, active: boolean): Promise<Owner[]> {
  const owners: Owner[] = [];
  let after: string | undefined;
  do {
    const page = await hubspot.read('read the owners', (crm) =>
      crm.owners.ownersApi.getPage(undefined, after, ownersPerPage, !active),
    );
    for (const { id, email, firstName, lastName, userId } of page.results) {
      // A queue is an owner too, but no person.
      if (!email) continue;
      const name = [firstName, lastName].filter(Boolean).join(' ') || email;
      owners.push({ id, email, name, active, userId: String(userId ?? '') });
    }
    after = page.paging?.next?.after;
  } while (after);
  return owners;
}

const usersPerPage = 100;

/** What users have set, by the owner that they are; a user record may lack the one or the other key. */
type WorkingTimes = {
  byOwner: ReadonlyMap<string, WorkingTime>;
  byEmail: ReadonlyMap<string, WorkingTime>;
};

/** Nobody's, without the scope for users. */
async function workingTimesIn(hubspot: HubSpot): Promise<WorkingTimes> {
  const byOwner = new Map<string, WorkingTime>();
  const byEmail = new Map<string, WorkingTime>();
  const properties = ['hubspot_owner_id', 'hs_email', ...workingTimeProperties];
  let after: string | undefined;
  try {
    do {
      const page = await hubspot.read('read the users', (crm) =>
        crm.objects.basicApi.getPage('users', usersPerPage, after, properties),
      );
      for (const user of page.results) {
        const workingTime = workingTimeOf(user.properties);
        const ownerId = textOf(user.properties['hubspot_owner_id']);
        const email = textOf(user.properties['hs_email']);
        if (ownerId) byOwner.set(ownerId, workingTime);
        if (email) byEmail.set(email.toLowerCase(), workingTime);
      }
      after = page.paging?.next?.after;
    } while (after);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  return { byOwner, byEmail };
}
