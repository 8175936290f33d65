import type { AccountKey } from './accounts.ts';
import { form, note, type Recorded, score, stage, visit, wrote } from './happenings.ts';
import {
  asksForDemo,
  becomesMql,
  contactsSales,
  demo,
  handedOver,
  hot,
  reaches,
  readsGuide,
  readsPrices,
  type Way,
} from './ways.ts';

/** What happened `daysBefore` the sandbox's first day, at a time of day in New York. */
export type Past = readonly [daysBefore: number, timeOfDay: string, what: Recorded];

export type LeadSeed = {
  key: string;
  /** In HubSpot's property names. */
  values: Readonly<Record<string, string>>;
  account: AccountKey | null;
  /** A rep's email. */
  owner?: string;
  /** Oldest first; the first entry is when HubSpot met the lead. */
  past: readonly Past[];
  ways: readonly Way[];
};

/** Ten leads, each there to show something else. */
export const leads: readonly LeadSeed[] = [
  {
    // Everything a rep could wish to know, and nobody's yet: the rotation decides.
    key: 'maya',
    values: {
      firstname: 'Maya',
      lastname: 'Chen',
      email: 'maya.chen@brightwater-logistics.example',
      phone: '+1 312 555 0142',
      jobtitle: 'VP Revenue Operations',
      state: 'Illinois',
      country: 'United States',
      hs_analytics_source: 'PAID_SEARCH',
      hs_analytics_source_data_1: 'Dispatch planning US',
      hs_latest_source: 'ORGANIC_SEARCH',
      hs_marketable_status: 'true',
    },
    account: 'brightwater',
    past: [
      [41, '10:12', visit('/blog/planning-beyond-spreadsheets')],
      [41, '10:15', form('Benchmark report: Download')],
      [41, '10:16', score(22, 4)],
      [34, '15:40', visit('/webinars/forecasting-in-q4')],
      [34, '15:44', form('Webinar registration: Forecasting in Q4')],
      [27, '11:00', wrote('us', 'The recording you asked about', 'Hi Maya, here is the recording.')],
      [26, '08:51', wrote('them', 'Re: The recording you asked about', 'Thanks! We look at tools in Q4.')],
      [25, '09:20', score(28, 12)],
      [12, '14:02', visit('/customers/harbor-freight-lines')],
      [6, '16:31', visit('/compare/northstar')],
      [5, '10:44', visit('/integrations/hubspot', '/pricing')],
      [4, '10:55', score(28, 18)],
      [3, '12:09', visit('/roi-calculator')],
    ],
    ways: [
      asksForDemo({
        planners: '6_20',
        message: 'We plan 12 depots in spreadsheets and need something by January.',
      }),
      reaches(28, 30),
      becomesMql,
    ],
  },
  {
    key: 'tomas',
    values: {
      firstname: 'Tomás',
      lastname: 'Herrera',
      email: 'tomas.herrera@copperleaf-health.example',
      phone: '+1 614 555 0177',
      jobtitle: 'Director of Sales Operations',
      state: 'Ohio',
      country: 'United States',
      hs_analytics_source: 'ORGANIC_SEARCH',
      hs_analytics_source_data_1: 'shift planning hospital',
    },
    account: 'copperleaf',
    past: [
      [200, '14:20', { kind: 'lostDeal', name: 'Copperleaf Health: pilot on two wards', amount: 18_000 }],
      [19, '13:25', visit('/blog/staffing-for-peaks')],
      [19, '13:31', form('Newsletter: Sign-up')],
      [15, '09:47', visit('/industries/healthcare')],
      [8, '17:12', visit('/security')],
      [8, '17:15', score(25, 14)],
      [4, '11:33', visit('/compare/northstar')],
      [4, '11:41', score(25, 21)],
    ],
    ways: [
      asksForDemo({ message: 'Three hospitals, rosters by hand. Can nurses swap shifts themselves?' }),
      reaches(25, 29),
      becomesMql,
    ],
  },
  {
    // Works with a rep already, in a zone where the day has not begun.
    key: 'priya',
    values: {
      firstname: 'Priya',
      lastname: 'Raman',
      email: 'priya@tidepool.example',
      phone: '+1 619 555 0120',
      jobtitle: 'Head of Growth',
      state: 'California',
      country: 'United States',
      hs_analytics_source: 'REFERRALS',
      hs_analytics_source_data_1: 'partners.example',
    },
    account: 'tidepool',
    owner: 'chloe.nguyen@example.com',
    past: [
      [96, '12:30', visit('/partners')],
      [96, '12:36', form('Partner webinar: Registration')],
      [
        80,
        '16:05',
        { kind: 'call', title: 'Intro call', notes: 'Budget opens next quarter.', result: 'connected' },
      ],
      [72, '14:00', { kind: 'meeting', title: 'Discovery', notes: 'Three teams, 40 seats. Needs SSO.' }],
      [71, '10:10', note('Champion is Priya; the CFO signs. Come back after their planning round.')],
      [30, '18:22', visit('/pricing')],
      [9, '19:48', visit('/security')],
      [9, '19:50', score(20, 24)],
    ],
    ways: [demo, reaches(20, 33), becomesMql],
  },
  {
    // Nobody's, but the account is a rep's.
    key: 'jonas',
    values: {
      firstname: 'Jonas',
      lastname: 'Weber',
      email: 'jonas.weber@nordlicht-energie.example',
      phone: '+49 40 5550 188',
      jobtitle: 'Leiter Vertriebssteuerung',
      country: 'Germany',
      hs_analytics_source: 'SOCIAL_MEDIA',
      hs_analytics_source_data_1: 'LinkedIn',
      hs_legal_basis: 'Freely given consent from contact',
    },
    account: 'nordlicht',
    past: [
      [22, '05:12', visit('/de/blog/einsatzplanung')],
      [22, '05:20', form('Leitfaden: Download')],
      [13, '04:41', visit('/customers/stadtwerke-nord')],
      [6, '08:04', visit('/integrations/erp', '/pricing')],
      [6, '08:05', score(30, 15)],
    ],
    ways: [
      readsGuide,
      contactsSales('Wir möchten ab März drei Werke planen. Gibt es eine deutsche Oberfläche?'),
      reaches(30, 24),
      becomesMql,
    ],
  },
  {
    // Scanned at a fair: held until there is an email.
    key: 'sam',
    values: {
      firstname: 'Sam',
      lastname: 'Whitlock',
      phone: '+44 113 496 0153',
      jobtitle: 'Transformation Manager',
      country: 'United Kingdom',
      hs_analytics_source: 'OFFLINE',
      hs_analytics_source_data_1: 'Fair: Operations Live',
    },
    account: 'kestrel',
    past: [
      [11, '11:20', note('Met at the fair. Badge scan without an email; asked for prices.')],
      [11, '11:21', score(26, 10)],
    ],
    ways: [
      becomesMql,
      {
        key: 'email',
        label: 'Email arrives',
        what: [{ kind: 'fill', values: { email: 'sam.whitlock@kestrel-bank.example' } }],
      },
    ],
  },
  {
    key: 'misaki',
    values: {
      firstname: '美咲',
      lastname: '佐藤',
      email: 'm.sato@shinonome-robotics.example',
      hs_email_optout: 'true',
      phone: '+81 52 555 0164',
      jobtitle: '営業企画部長',
      country: 'Japan',
      hs_analytics_source: 'AI_REFERRALS',
      hs_analytics_source_data_1: 'chat.example',
    },
    account: 'shinonome',
    past: [
      [10, '20:22', visit('/integrations', '/customers/kansai-motors')],
      [6, '21:03', visit('/pricing')],
      [5, '21:07', visit('/security')],
      [5, '21:10', score(24, 19)],
    ],
    ways: [
      handedOver,
      asksForDemo({
        planners: '6_20',
        message: '工場の人員計画に使いたいです。日本語のサポートはありますか。',
      }),
      reaches(24, 30),
      becomesMql,
    ],
  },
  {
    // Whatever a form lets through must stay text, in every chat and in HubSpot.
    key: 'siobhan',
    values: {
      firstname: 'Siobhán',
      lastname: "O'Brien *bold* <!channel>",
      email: 'siobhan@obrien-daughters.example',
      phone: '+353 21 555 0119',
      jobtitle: 'Owner & _everything_ <https://evil.example|click here>',
      country: 'Ireland',
      hs_analytics_source: 'EMAIL_MARKETING',
      hs_analytics_source_data_1: 'Autumn "Harvest" & more',
    },
    account: 'obrien',
    past: [
      [16, '07:40', visit('/blog/seasonal-staffing?utm_source=mail')],
      [16, '07:52', form('Checklist: Download')],
      [8, '06:33', visit('/pricing')],
      [7, '06:38', visit('/customers/north-bakery')],
      [7, '06:41', score(21, 20)],
    ],
    ways: [
      contactsSales('Is it *really* <!channel> able to plan night shifts? & "holidays"?'),
      hot(46, 38),
      becomesMql,
    ],
  },
  {
    key: 'zoe',
    values: {
      firstname: 'Zoë',
      lastname: 'Lindqvist',
      email: 'zoe.lindqvist@copperleaf-health.example',
      phone: '+1 614 555 0190',
      jobtitle: 'Head of Lifecycle Marketing',
      state: 'Ohio',
      country: 'United States',
      // She may be called, and gets no mail from a sequence.
      hs_analytics_source: 'PAID_SOCIAL',
      hs_analytics_source_data_1: 'Autumn launch 🚀',
    },
    account: 'copperleaf',
    past: [
      [9, '12:50', visit('/')],
      [9, '12:58', form('Newsletter: Sign-up')],
      [5, '13:14', visit('/templates')],
      [5, '13:20', score(16, 17)],
    ],
    ways: [readsPrices, demo, reaches(16, 35), becomesMql],
  },
  {
    // Interested, but nothing that is worth a rep's time; and no company.
    key: 'amara',
    values: {
      firstname: 'Amara',
      lastname: 'Nwosu',
      email: 'amara.nwosu@mail.example',
      jobtitle: 'MBA student',
      country: 'Canada',
      lifecyclestage: 'subscriber',
      hs_analytics_source: 'ORGANIC_SEARCH',
    },
    account: null,
    past: [
      [7, '22:17', visit('/blog/planning-beyond-spreadsheets')],
      [7, '22:30', form('Newsletter: Sign-up')],
      [7, '22:31', score(3, 6)],
    ],
    ways: [
      {
        key: 'ebook',
        label: 'E-book download',
        what: [visit('/resources/handbook'), form('Handbook: Download')],
      },
      demo,
    ],
  },
  {
    // A customer asks for a demo: that is for account management, not for the reps.
    key: 'denise',
    values: {
      firstname: 'Denise',
      lastname: 'Fournier',
      email: 'denise.fournier@maple-main.example',
      phone: '+1 416 555 0133',
      jobtitle: 'Operations Director',
      country: 'Canada',
      hs_analytics_source: 'DIRECT_TRAFFIC',
    },
    account: 'maple',
    owner: 'ben.castillo@example.com',
    past: [
      [210, '10:30', visit('/demo')],
      [210, '10:41', form('Request a demo: Demo request')],
      [
        209,
        '11:00',
        { kind: 'call', title: 'Qualification', notes: '12 stores, 3 planners.', result: 'connected' },
      ],
      [160, '15:30', { kind: 'deal', name: 'Maple & Main: 60 seats', amount: 43_000 }],
      [160, '15:35', stage('customer')],
      [20, '09:15', score(34, 8)],
    ],
    ways: [demo],
  },
];
