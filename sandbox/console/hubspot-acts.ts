import { call, email, meeting, message } from '../hubspot/engagements.ts';
import type { RecordView } from '../hubspot/server.ts';
import type { Journal } from './journal.ts';
import { openDealOf } from './open-deal.ts';
import { done } from './outcome.ts';
import type { ActOf, Outcome } from './protocol.ts';
import { leadName, type World } from './world.ts';

const dayMs = 24 * 3_600_000;

/** Records in HubSpot what its owner, or the lead, does there. */
export function doDeed({ lead, deed }: ActOf<'deed'>, world: World): Outcome {
  const { hubspot, clock } = world;
  const contact = contactOf(lead, world);
  const ownerId = contact.properties['hubspot_owner_id'] ?? null;
  const companyId = contact.associations.companies?.[0];
  const around = { contactId: contact.id, ...(companyId !== undefined && { companyId }) };
  const startsAt = new Date(clock.now().getTime() + dayMs);
  switch (deed) {
    case 'call':
      hubspot.log(call({ ownerId, result: 'connected' }), around);
      return done;
    case 'email':
      hubspot.log(email({ ownerId, subject: 'Your request' }), around);
      return done;
    case 'message':
      hubspot.log(message({ ownerId }), around);
      return done;
    case 'meeting':
    case 'booking': {
      const bookedBy = deed === 'booking' ? 'lead' : 'rep';
      hubspot.log(meeting({ ownerId, startsAt, bookedBy, title: 'First conversation' }), around);
      return done;
    }
    case 'deal': {
      const dealname = `${leadName(contact.properties)}: 20 seats`;
      const owner = ownerId !== null && { hubspot_owner_id: ownerId };
      hubspot.createDeal({ dealname, dealstage: 'contractsent', amount: '14400', ...owner }, around);
      return done;
    }
    case 'win': {
      const deal = openDealOf(contact, hubspot);
      const closedate = clock.now().toISOString();
      if (deal) hubspot.setProperties('deals', deal.id, { dealstage: 'closedwon', closedate });
      return done;
    }
    default:
      return deed satisfies never;
  }
}

/** Changes the contact's owner in HubSpot. */
export function giveTo({ lead, who }: ActOf<'own'>, world: World): Outcome {
  const owner = world.company.colleagues.find(({ email }) => email === who);
  const contact = contactOf(lead, world);
  world.hubspot.setProperties('contacts', contact.id, { hubspot_owner_id: owner?.ownerId ?? '' });
  return done;
}

/** Has HubSpot tell the bot of changes, or no longer. */
export function turnWebhooks({ on }: ActOf<'webhooks'>, { webhooks }: World, journal: Journal): Outcome {
  webhooks.turn(on);
  journal.add(
    'HubSpot',
    on ? 'Webhooks are on again' : 'Webhooks are off: the bot has to find changes itself',
  );
  return done;
}

/** Has HubSpot's admin demand more of whoever moves a lead on or gives it up, or no longer. */
export function turnRules({ on }: ActOf<'rules'>, { rules }: World, journal: Journal): Outcome {
  rules.turn(on);
  journal.add(
    'HubSpot',
    on
      ? 'The admin demands Budget and Timeline of a sales qualified lead, and a Lost reason of an unqualified one'
      : 'The admin demands nothing more of leads',
  );
  return done;
}

function contactOf(leadKey: string, { hubspot, company }: World): RecordView {
  const lead = company.leads.find(({ key }) => key === leadKey);
  const contact = lead && hubspot.object('contacts', lead.contactId);
  if (!contact) throw new Error(`No lead "${leadKey}" in HubSpot: expected one that the page shows`);
  return contact;
}
