import type { NurtureState } from './protocol.ts';
import type { World } from './world.ts';

/** Where a contact stands in marketing's workflow, and which mails went out. */
export function nurtureState(contactId: string, { hubspot, company }: World): NurtureState {
  const { flow } = company.nurture;
  const standing = hubspot.flows.standingOf(flow, contactId);
  return {
    workflow: flow.name,
    status: standing?.status ?? 'never',
    since: standing?.since.getTime() ?? null,
    next:
      standing?.status === 'enrolled'
        ? { name: standing.next.mail.name, at: standing.next.at.getTime() }
        : null,
    mails: hubspot.mails
      .sentTo(contactId)
      .map(({ mail, at }) => ({ name: mail.name, at: at.getTime() }))
      .reverse(),
  };
}
