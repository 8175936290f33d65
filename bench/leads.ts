import { call, email, meeting } from '../sandbox/hubspot/engagements.ts';
import type { HubSpotServer } from '../sandbox/hubspot/server.ts';
import type { WebhookEvent } from '../sandbox/hubspot/subscriptions.ts';

const day = 86_400_000;

/**
 * Leads as marketing leaves them, each with a company of its own, a deal there and five activities; HubSpot keeps quiet
 * about them, and holds back what comes next.
 */
export function createLeads(hubspot: HubSpotServer, count: number): string[] {
  return quietly(hubspot, () => Array.from({ length: count }, () => createLead(hubspot)));
}

function createLead(hubspot: HubSpotServer): string {
  const companyId = hubspot.createCompany({
    name: 'Northwind Traders',
    industry: 'COMPUTER_SOFTWARE',
    numberofemployees: '240',
  });
  const domain = `northwind-${companyId}.example`;
  hubspot.setProperties('companies', companyId, { domain });
  const contactId = createContact(hubspot, `dana@${domain}`, companyId);
  const around = { contactId, companyId };
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * day);
  hubspot.createDeal(
    {
      dealname: 'Dispatch, first site',
      dealstage: 'closedlost',
      amount: '12000',
      closedate: at(90).toISOString(),
    },
    around,
  );
  // The deal made an opportunity of the contact; it was lost, and somebody gave the contact back to marketing.
  hubspot.setProperties('contacts', contactId, { lifecyclestage: 'lead' });
  const activities = [
    call({ result: 'voicemail', title: 'First call', notes: 'Left a message' }),
    email({ from: 'workflow', subject: 'Five ways to plan a route' }),
    email({ from: 'lead', subject: 'Re: Five ways to plan a route', text: 'Thanks!' }),
    meeting({ startsAt: at(20), outcome: 'COMPLETED', title: 'Webinar' }),
  ];
  for (const [index, { properties, ...activity }] of activities.entries()) {
    const hs_timestamp = at(30 - index).toISOString();
    hubspot.log({ ...activity, properties: { hs_timestamp, ...properties } }, around);
  }
  hubspot.logEngagement(
    'notes',
    { hs_timestamp: at(10).toISOString(), hs_note_body: 'Met at the fair, asked for prices' },
    around,
  );
  return contactId;
}

/** Leads of whom HubSpot knows hardly anything. */
export function createContacts(hubspot: HubSpotServer, count: number): string[] {
  return quietly(hubspot, () =>
    Array.from({ length: count }, (_, index) => createContact(hubspot, `lead-${index}@northwind.example`)),
  );
}

function createContact(hubspot: HubSpotServer, address: string, companyId?: string): string {
  const properties = {
    email: address,
    firstname: 'Dana',
    lastname: 'Ortiz',
    jobtitle: 'VP Operations',
    lifecyclestage: 'lead',
    lead_score: '31',
  };
  return hubspot.createContact(properties, companyId ? { companyId } : {});
}

/** The lead sends in the demo form, of which one event tells. */
export function requestDemo(hubspot: HubSpotServer, leadId: string): void {
  const form = {
    recent_conversion_event_name: 'Website: Request a demo',
    recent_conversion_date: String(Date.now()),
  };
  hubspot.setProperties('contacts', leadId, form, { source: 'FORM' });
}

/** The same, as the body of a webhook to be sent by hand. */
export function demoRequest(hubspot: HubSpotServer, leadId: string): WebhookEvent[] {
  requestDemo(hubspot, leadId);
  return hubspot.takePendingWebhooks();
}

/** The marketing score of a lead rises, which is no reason to hand it over, as the body of a webhook. */
export function scoreChange(hubspot: HubSpotServer, leadId: string): WebhookEvent[] {
  hubspot.setProperties('contacts', leadId, { lead_score: '32' });
  return hubspot.takePendingWebhooks();
}

function quietly<Made>(hubspot: HubSpotServer, make: () => Made): Made {
  hubspot.pauseWebhooks();
  const made = make();
  hubspot.takePendingWebhooks();
  return made;
}
