import { hubSpotActor } from './changes.ts';
import type { Portal } from './portal.ts';
import type { Segment, Segments } from './segments.ts';
import type { CrmRecord } from './store.ts';

/** A mail that marketing wrote once, for many. */
export type MarketingMail = { id: string; name: string };

/** One that went out to somebody. */
export type SentMail = { mail: MarketingMail; contactId: string; at: Date };

/** To how many a mail went, and how many were left out because of a segment. */
type CampaignOutcome = { mail: MarketingMail; sent: number; leftOut: number };

/** What there is to tell of mails. */
export type MailNews = { kind: 'mail'; sent: SentMail } | { kind: 'campaign'; outcome: CampaignOutcome };

const mailer = hubSpotActor('EMAIL');

/**
 * The marketing mails of the portal. HubSpot keeps no engagement of one: what the contact shows of it are some properties
 * that it counts up.
 */
export class MarketingMails {
  readonly #portal: Portal;
  readonly #segments: Segments;
  readonly #onNews: (news: MailNews) => void;
  readonly #sent: SentMail[] = [];
  #lastId = 200_000_000;

  constructor(portal: Portal, segments: Segments, onNews: (news: MailNews) => void) {
    this.#portal = portal;
    this.#segments = segments;
    this.#onNews = onNews;
  }

  create(name: string): MarketingMail {
    this.#lastId += 1;
    return { id: String(this.#lastId), name };
  }

  /** Sends it, unless there is no address, or the contact wants none. @returns whether it went out */
  send(mail: MarketingMail, contact: CrmRecord): boolean {
    if (!contact.properties.has('email') || contact.properties.get('hs_email_optout') === 'true')
      return false;
    const sent = { mail, contactId: contact.id, at: this.#portal.now() };
    this.#sent.push(sent);
    this.#record(contact, {
      hs_email_last_send_date: sent.at.toISOString(),
      hs_email_last_email_name: mail.name,
      hs_email_delivered: oneMore(contact, 'hs_email_delivered'),
      hs_email_sends_since_last_engagement: oneMore(contact, 'hs_email_sends_since_last_engagement'),
    });
    this.#onNews({ kind: 'mail', sent });
    return true;
  }

  /** Sends it once to everybody in the one segment who is not in the other, which is the mail's "don't send to". */
  sendCampaign(mail: MarketingMail, { to, butNotTo }: { to: Segment; butNotTo: Segment }): CampaignOutcome {
    const outcome = { mail, sent: 0, leftOut: 0 };
    for (const { id } of this.#segments.members(to)) {
      const contact = this.#portal.record('contacts', id);
      if (this.#segments.has(butNotTo, contact)) outcome.leftOut += 1;
      else if (this.send(mail, contact)) outcome.sent += 1;
    }
    this.#onNews({ kind: 'campaign', outcome });
    return outcome;
  }

  /** Oldest first; also what was sent to contacts that were merged into this one. */
  sentTo(contactId: string): SentMail[] {
    const { store } = this.#portal;
    return this.#sent.filter((sent) => store.find('contacts', sent.contactId)?.id === contactId);
  }

  /** The contact opens the newest one. */
  open(contactId: string): void {
    const contact = this.#portal.record('contacts', contactId);
    this.#record(contact, {
      hs_email_last_open_date: this.#portal.now().toISOString(),
      hs_email_open: oneMore(contact, 'hs_email_open'),
      hs_email_sends_since_last_engagement: '0',
    });
  }

  /** The contact replies to the newest one. What it writes comes as an email of its own, if anywhere. */
  reply(contactId: string): void {
    const contact = this.#portal.record('contacts', contactId);
    this.#record(contact, {
      hs_email_last_reply_date: this.#portal.now().toISOString(),
      hs_email_replied: oneMore(contact, 'hs_email_replied'),
      hs_email_sends_since_last_engagement: '0',
    });
  }

  #record(contact: CrmRecord, values: Record<string, string>): void {
    this.#portal.update(contact, values, mailer);
  }
}

function oneMore({ properties }: CrmRecord, property: string): string {
  return String(Number(properties.get(property) ?? 0) + 1);
}
