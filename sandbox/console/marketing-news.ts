import type { FlowNews } from '../hubspot/flows.ts';
import type { HubSpotNews } from '../hubspot/server.ts';
import type { About } from './journal.ts';
import { leadName, type World } from './world.ts';

type MarketingNews = Extract<HubSpotNews, { kind: 'mail' | 'campaign' | 'flow' }>;

/** What the journal says of the mails that marketing sends, and of who comes into its workflow and leaves it. */
export function marketingWords(news: MarketingNews, world: World): { text: string; about: About } {
  const nameOf = (contactId: string) =>
    leadName(world.hubspot.object('contacts', contactId)?.properties ?? {}) || 'Somebody';
  switch (news.kind) {
    case 'mail': {
      const { mail, contactId } = news.sent;
      return {
        text: `${nameOf(contactId)} was sent the marketing mail “${mail.name}”`,
        about: { contactId },
      };
    }
    case 'campaign': {
      const { mail, sent, leftOut } = news.outcome;
      const text = `The campaign “${mail.name}” went to ${sent}; left out, as nurture is paused: ${leftOut}`;
      return { text, about: null };
    }
    case 'flow': {
      const { contact, flow } = news.news;
      const text = `${nameOf(contact.id)} ${flowWords(news.news)} “${flow.name}”${whyWords(news.news)}`;
      return { text, about: { contactId: contact.id } };
    }
    default:
      return news satisfies never;
  }
}

function flowWords({ what, wasEnrolled }: FlowNews): string {
  switch (what) {
    case 'enrolled':
      return 'was enrolled in';
    case 'completed':
      return 'has come to the end of';
    case 'left':
      return 'left';
    case 'suppressed':
      return wasEnrolled ? 'was taken out of' : 'was kept out of';
    default:
      return what satisfies never;
  }
}

function whyWords({ what, flow }: FlowNews): string {
  switch (what) {
    case 'suppressed':
      return `: on its suppression list “${flow.suppressedBy.name}”`;
    case 'left':
      return ': does not meet its trigger any more';
    default:
      return '';
  }
}
