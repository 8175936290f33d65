import type { HubSpotServer } from '../sandbox/hubspot/server.ts';
import type { WebhookEvent } from '../sandbox/hubspot/subscriptions.ts';

/** Leads with a company, as marketing leaves them; HubSpot keeps quiet about them, and holds back what comes next. */
export function createLeads(hubspot: HubSpotServer, count: number): string[] {
  hubspot.pauseWebhooks();
  const leads = Array.from({ length: count }, () => {
    const companyId = hubspot.createCompany({
      name: 'Northwind Traders',
      domain: 'northwind.example',
      industry: 'COMPUTER_SOFTWARE',
      numberofemployees: '240',
    });
    const properties = {
      email: `dana.${companyId}@northwind.example`,
      firstname: 'Dana',
      lastname: 'Ortiz',
      jobtitle: 'VP Operations',
      lifecyclestage: 'lead',
      lead_score: '31',
    };
    return hubspot.createContact(properties, { companyId });
  });
  hubspot.takePendingWebhooks();
  return leads;
}

/** The lead sends in the demo form, of which one event tells. */
export function requestDemo(hubspot: HubSpotServer, leadId: string): void {
  const form = {
    recent_conversion_event_name: 'Request a demo: Website',
    recent_conversion_date: String(Date.now()),
  };
  hubspot.setProperties('contacts', leadId, form, { source: 'FORM' });
}

/** The same, as the body of a webhook to be sent by hand. */
export function demoRequest(hubspot: HubSpotServer, leadId: string): WebhookEvent[] {
  requestDemo(hubspot, leadId);
  return hubspot.takePendingWebhooks();
}
