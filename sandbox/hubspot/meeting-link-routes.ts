import type { Api } from './api-versions.ts';
import type { MeetingLinks } from './meeting-links.ts';
import { behindScope, type GrantedScopes } from './scopes.ts';
import { limitQuery, pageOf, type Route, route } from './wire.ts';

/** `/scheduler/{version}/meetings/meeting-links`. */
export function meetingLinkRoutes(links: MeetingLinks, { paths }: Api, granted: GrantedScopes): Route[] {
  const list = route('GET', `${paths.scheduler}/meetings/meeting-links`, ({ query, ...request }) => {
    const organizer = query.get('organizerUserId');
    const type = query.get('type');
    const found = links.all.filter(
      (link) =>
        (organizer === null || link.organizerUserId === organizer) && (type === null || link.type === type),
    );
    const { page, paging } = pageOf(
      [...found],
      limitQuery({ query, ...request }, 20, 100),
      query.get('after'),
    );
    return { status: 200, body: { total: found.length, results: page, ...paging } };
  });
  return behindScope(granted, ['scheduler.meetings.meeting-link.read'], [list]);
}
