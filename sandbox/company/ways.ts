import { form, type Happening, score, stage, visit } from './happenings.ts';

/** A button of the page: what one has to do for something to come of the lead. */
export type Way = {
  key: string;
  label: string;
  /** The last of these is what counts; those before lead up to it. */
  what: readonly Happening[];
};

/** @param answers to what the form asks */
export const asksForDemo = (answers: Readonly<Record<string, string>> = {}): Way => ({
  key: 'demo',
  label: 'Demo request',
  what: [visit('/pricing', '/demo'), form('Request a demo: Demo request', answers)],
});
export const demo = asksForDemo();

export const contactsSales = (message: string): Way => ({
  key: 'contact-sales',
  label: 'Contact sales',
  what: [visit('/contact'), form('Talk to us: Contact sales', { message })],
});
export const becomesMql: Way = {
  key: 'mql',
  label: 'Set MQL',
  what: [stage('marketingqualifiedlead')],
};

/** What anybody may do who was sent a marketing mail. */
export const mailWays: readonly Way[] = [
  { key: 'opens', label: 'Opens a marketing mail', what: [{ kind: 'opened' }] },
  {
    key: 'replies',
    label: 'Replies to a mail',
    what: [{ kind: 'replied', text: 'Thanks! Could somebody call me about this?' }],
  },
];

/** @param points of each component of the score, in the policy's order */
export const reaches = (...points: number[]): Way => ({
  key: 'score',
  label: `Score → ${points.reduce((all, some) => all + some, 0)}`,
  what: [visit('/pricing'), score(...points)],
});

/** A score that is above what the policy calls high. */
export const hot = (...points: number[]): Way => ({ ...reaches(...points), key: 'hot' });

/** Visits that end on another page than the one before: HubSpot keeps no version of a page that is the same again. */
export const readsPrices: Way = {
  key: 'prices',
  label: 'Reads prices again',
  what: [visit('/plans'), visit('/pricing')],
};

export const readsGuide: Way = {
  key: 'guide',
  label: 'Reads the guide',
  what: [visit('/resources/buyers-guide'), form("Buyer's guide: Download")],
};

/** A workflow of marketing's in HubSpot, with the bot's own action in it. */
export const handedOver: Way = {
  key: 'workflow',
  label: 'Workflow hands over',
  what: [{ kind: 'workflow', name: 'hand_over' }],
};
