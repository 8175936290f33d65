import { happen, type Recorded, type ScoreNames, wrote } from '../company/happenings.ts';
import type { HubSpotServer } from '../hubspot/server.ts';

/** A contact as it may come into any portal, with its company and what it did before it asked for a demo. */
type Stranger = {
  contact: Readonly<Record<string, string>>;
  company: Readonly<Record<string, string>> | null;
  past: readonly Recorded[];
};

const markup =
  '*bold* _it_ ~no~ `code` <!channel> <@U0ADA> <#C0HANDOFFS1> <https://evil.example|click here> [x](https://evil.example) **b** <b>b</b> & {{DATE(2026-01-01T00:00:00Z)}}';
/** The override turns around what follows it. */
const turned = '\u202Egnp.exe\u202C';
const long = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** Leads that a card has to bear. */
export const strangers = {
  hostile: {
    contact: {
      firstname: '<!everyone> *Eve*',
      lastname: `${turned} [O'Evil](https://evil.example)`,
      email: 'eve+tag@evil.example',
      phone: '+1 <tel:900|free>',
      jobtitle: markup,
      country: 'United States',
      hs_analytics_source: 'EMAIL_MARKETING',
      hs_analytics_source_data_1: markup,
    },
    company: {
      name: `Evil & Sons ${markup}`,
      domain: 'evil.example',
      industry: 'BANKING',
      numberofemployees: '7',
    },
    past: [wrote('them', markup, `${markup} ${turned} 🏴‍☠️👩‍👩‍👧‍👦`)],
  },
  huge: {
    contact: {
      firstname: long('Wolfeschlegel', 200),
      lastname: long('steinhausen ', 300),
      email: `${'a'.repeat(60)}@${'long-'.repeat(10)}name.example`,
      phone: long('+1 312 555 0142 ', 200),
      jobtitle: long('Vice President of everything and ', 10_000),
      country: 'United States',
      hs_analytics_source: 'PAID_SEARCH',
      hs_analytics_source_data_1: long('🚀 autumn ', 10_000),
    },
    company: {
      name: long('Rindfleischetikettierung GmbH & Co. ', 10_000),
      domain: 'long-name.example',
      industry: 'TRANSPORTATION_TRUCKING_RAILROAD',
      numberofemployees: '640',
    },
    past: [wrote('them', long('Re: ', 2000), long('We plan 12 depots in spreadsheets. ', 10_000))],
  },
  arabic: {
    contact: {
      firstname: 'ليلى',
      lastname: 'الحسيني',
      email: 'layla@noor-logistics.example',
      phone: '+971 4 555 0133',
      jobtitle: 'مديرة عمليات المبيعات',
      country: 'United Arab Emirates',
      hs_analytics_source: 'ORGANIC_SEARCH',
    },
    company: {
      name: 'نور للخدمات اللوجستية',
      domain: 'noor-logistics.example',
      industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
      numberofemployees: '420',
    },
    past: [wrote('them', 'طلب عرض', 'نخطط لاثني عشر مستودعًا ونحتاج حلاً قبل يناير.')],
  },
  hebrew: {
    contact: {
      firstname: 'נועה',
      lastname: 'ברק',
      email: 'noa@shemesh-energy.example',
      phone: '+972 3 555 0144',
      jobtitle: 'סמנכ״לית תפעול (EMEA)',
      country: 'Israel',
      hs_analytics_source: 'REFERRALS',
    },
    company: {
      name: 'שמש אנרגיה Ltd. 2020',
      domain: 'shemesh-energy.example',
      industry: 'UTILITIES',
      numberofemployees: '1100',
    },
    past: [wrote('them', 'הדגמה', 'אנחנו מתכננים 12 מחסנים, אפשר לדבר ביום ראשון?')],
  },
  /** Nothing is known but that it is there: its address was taken out. */
  empty: { contact: { email: 'a@nowhere.example' }, company: null, past: [] },
} as const satisfies Record<string, Stranger>;

export type StrangerName = keyof typeof strangers;

/** Brings them into a portal. @returns their contacts' ids */
export function meetStrangers(
  hubspot: HubSpotServer,
  names: ScoreNames,
  now: Date,
): Map<StrangerName, string> {
  const entries = Object.entries(strangers) as [StrangerName, Stranger][];
  return new Map(
    entries.map(([name, { contact, company, past }]) => {
      const companyId = company && hubspot.createCompany({ ...company });
      const contactId = hubspot.createContact(
        { ...contact },
        { source: 'FORM', ...(companyId && { companyId }) },
      );
      const whom = { contactId, companyId, ownerId: null };
      for (const what of past) happen(hubspot, whom, what, { names, now });
      return [name, contactId] as const;
    }),
  );
}
