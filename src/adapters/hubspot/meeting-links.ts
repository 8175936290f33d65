import { z } from 'zod';
import type { HubSpot } from './client.ts';
import { isForbidden } from './error-answer.ts';

const linksPage = z.object({
  results: z.array(
    z.object({
      link: z.url(),
      type: z.string(),
      organizerUserId: z.coerce.string(),
      defaultLink: z.boolean().default(false),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});
type MeetingLink = z.infer<typeof linksPage>['results'][number];

const linksPerPage = 100;

/** A page on which somebody books a meeting with one person, not with a team or whoever of it has a turn. */
const personal = 'PERSONAL_LINK';

/**
 * Reads the pages on which leads book meetings with people, by HubSpot's user ids: of each the one that is their usual
 * one, or else the first; nobody's without the scope `scheduler.meetings.meeting-link.read`.
 */
export async function readMeetingLinks(hubspot: HubSpot): Promise<ReadonlyMap<string, string>> {
  const links: MeetingLink[] = [];
  let after: string | undefined;
  try {
    do {
      const query = { limit: String(linksPerPage), ...(after && { after }) };
      const page = linksPage.parse(
        await hubspot.send('read meeting links', { path: '/scheduler/v3/meetings/meeting-links', query }),
      );
      links.push(...page.results.filter(({ type }) => type === personal));
      after = page.paging?.next?.after;
    } while (after);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  // Of several with the same key a map keeps the last.
  const usualLast = links.toReversed().sort((a, b) => Number(a.defaultLink) - Number(b.defaultLink));
  return new Map(usualLast.map(({ organizerUserId, link }) => [organizerUserId, link]));
}
