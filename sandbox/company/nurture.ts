import { handoffPropertyNames } from '../../src/adapters/hubspot/properties.ts';
import { daysBefore } from '../clock.ts';
import type { Flow } from '../hubspot/flows.ts';
import { allOf, isAnyOf, isKnown, isTrue } from '../hubspot/segment-filters.ts';
import type { Segment } from '../hubspot/segments.ts';
import type { HubSpotServer } from '../hubspot/server.ts';

/** By which the bot tells marketing's workflow whom to leave in peace, and whom to take in once more. */
const { nurturePaused, nurtureResumedAt } = handoffPropertyNames;

/** What marketing has set up in HubSpot, as the README tells it to. */
export type Nurture = {
  flow: Flow;
  /** The suppression list of the workflow, and whom campaigns are not sent to. */
  isPaused: Segment;
};

const monthInDays = 30;
const lettersOfYear = 12;
const firstMails: readonly [afterDays: number, name: string][] = [
  [0, 'Welcome: planning without spreadsheets'],
  [3, 'Three plans that survived Monday'],
  [4, 'How Harbor Freight Lines plans its peaks'],
  [7, 'What planners ask us most'],
];

/**
 * Sets up the workflow that nurtures leads until they have a deal: four mails in two weeks and a letter a month, to nobody
 * who is paused. A lead that sales has had is still one: whoever comes back from sales has to meet the trigger.
 */
export function setUpNurture({ segments, flows, mails }: HubSpotServer): Nurture {
  const isPaused = segments.create({
    name: 'Nurture paused: sales is on it',
    processingType: 'DYNAMIC',
    filters: allOf([nurturePaused, isTrue]),
  });
  const letters = Array.from(
    { length: lettersOfYear },
    (_, index) => [monthInDays, `Planning letter no. ${index + 1}`] as const,
  );
  const flow = flows.create({
    name: 'Lead nurture',
    enrolsOn: allOf(['lifecyclestage', isAnyOf('lead', 'marketingqualifiedlead', 'salesqualifiedlead')]),
    enrolsAgainOn: allOf([nurtureResumedAt, isKnown]),
    suppressedBy: isPaused,
    steps: [...firstMails, ...letters].map(([afterDays, name]) => ({ afterDays, mail: mails.create(name) })),
  });
  return { flow, isPaused };
}

/** Plans an invitation for all of `to`, in the second week of the sandbox. */
export function planCampaign(
  { segments, mails, schedule }: HubSpotServer,
  { to, isPaused, start }: { to: readonly string[]; isPaused: Segment; start: Date },
): void {
  const invited = segments.create({ name: 'Invited to the open day', processingType: 'MANUAL' });
  segments.write(invited, { add: to });
  const mail = mails.create('Invitation: our open day');
  schedule(daysBefore(start, -9, '10:00'), () =>
    mails.sendCampaign(mail, { to: invited, butNotTo: isPaused }),
  );
}
