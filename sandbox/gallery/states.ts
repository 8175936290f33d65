import { asEarlier } from '../../src/domain/handoff/as-earlier.ts';
import type { Memory } from '../../src/domain/handoff/memory.ts';
import { secondLook } from '../../src/domain/handoff/second-look.ts';
import {
  accepts,
  all,
  becomesDeal,
  calls,
  cannotBeReached,
  cardComes,
  type Deed,
  isClaimedBy,
  isCovered,
  isWon,
  meetingIsBooked,
  minutes,
  sendsBack,
  snoozes,
} from './deeds.ts';
import { does, handOver, type Told } from './history.ts';
import type { LeadOverTime, Office } from './office.ts';

/** Where a story begins. */
type Scene = { office: Office; lead: LeadOverTime };

/** A state in which people see a handoff. */
export type GalleryState = {
  /** Also the name of its file. */
  key: string;
  title: string;
  /** Whose card it is; `former`: who had it first. */
  reader: 'holder' | 'former' | 'manager' | 'teammate' | 'channel';
  tell: (scene: Scene) => Told;
};

/** Each story has a single handoff in it. */
const handoffId = '00000000-0000-4000-8000-000000000001';

/** Every state, in the order in which it comes about. */
export const states: readonly GalleryState[] = [
  { key: 'offered', title: 'Offered', reader: 'holder', tell: demo(minutes(2)) },
  { key: 'reminded', title: 'Reminded', reader: 'holder', tell: demo(minutes(11)) },
  { key: 'late', title: 'Late', reader: 'holder', tell: demo(minutes(17)) },
  { key: 'late-open', title: 'Late, open to the team', reader: 'holder', tell: demo(minutes(21)) },
  { key: 'raised', title: 'Raised by a hotter signal', reader: 'holder', tell: raised },
  { key: 'returned', title: 'Back, with memory', reader: 'holder', tell: returned },
  { key: 'covered', title: 'Covered', reader: 'holder', tell: demo(minutes(3), isCovered, cardComes) },
  { key: 'snoozed', title: 'Snoozed', reader: 'holder', tell: score(minutes(3), snoozes, minutes(1)) },
  { key: 'asked', title: 'Asked for time', reader: 'holder', tell: demo(minutes(3), snoozes, minutes(1)) },
  { key: 'accepted', title: 'Accepted', reader: 'holder', tell: demo(minutes(2), accepts, minutes(1)) },
  { key: 'touch-late', title: 'Touch late', reader: 'holder', tell: demo(minutes(2), accepts, minutes(72)) },
  { key: 'worked', title: 'Worked', reader: 'holder', tell: worked(minutes(5)) },
  { key: 'meeting', title: 'Meeting booked', reader: 'holder', tell: worked(minutes(10), meetingIsBooked) },
  {
    key: 'disqualified',
    title: 'Disqualified',
    reader: 'holder',
    tell: worked(minutes(30), sendsBack('not_a_fit', 'Plans by hand, and likes it'), minutes(1)),
  },
  { key: 'recycled', title: 'Recycled', reader: 'holder', tell: demo(recycled, minutes(1)) },
  { key: 'converted', title: 'Converted', reader: 'holder', tell: worked(minutes(60), becomesDeal) },
  {
    key: 'won',
    title: 'Won',
    reader: 'holder',
    tell: worked(minutes(60), becomesDeal, minutes(9 * 1440), isWon),
  },
  { key: 'claimed', title: 'Claimed by another', reader: 'former', tell: demo(minutes(21), benClaims) },
  { key: 'passed-on', title: 'Passed on', reader: 'former', tell: demo(minutes(62)) },
  { key: 'claim', title: 'Open to a team mate', reader: 'teammate', tell: demo(minutes(21)) },
  { key: 'manager-late', title: 'Manager: late', reader: 'manager', tell: demo(minutes(17)) },
  {
    key: 'manager-asked',
    title: 'Manager: asked for time',
    reader: 'manager',
    tell: demo(minutes(3), snoozes, minutes(1)),
  },
  {
    key: 'manager-unreachable',
    title: 'Manager: rep not reachable',
    reader: 'manager',
    tell: ({ office, lead }) => all(cannotBeReached, minutes(1))(begun(office, lead, 'asked'), office),
  },
  { key: 'channel', title: 'Channel', reader: 'channel', tell: demo(minutes(47)) },
];

/** A lead that asked for a demo is offered to whose turn it is, and the card is there at once. */
function demo(...deeds: Deed[]) {
  return ({ office, lead }: Scene): Told => all(cardComes, ...deeds)(begun(office, lead, 'asked'), office);
}

/** The same of a lead whose score rose, for which there is more time. */
function score(...deeds: Deed[]) {
  return ({ office, lead }: Scene): Told => all(cardComes, ...deeds)(begun(office, lead, 'scored'), office);
}

/** The rep has accepted and called. */
function worked(...deeds: Deed[]) {
  return demo(minutes(2), accepts, minutes(4), calls, ...deeds);
}

function recycled(...[told, rules]: Parameters<Deed>): Told {
  return all(minutes(2), accepts, minutes(20), sendsBack('timing', 'Re-opens budget in March'))(told, rules);
}

function benClaims(...[told, rules]: Parameters<Deed>): Told {
  return all(isClaimedBy('ben.castillo@example.com'), minutes(1))(told, rules);
}

/** While a lead waits that came for its score, it asks for a demo. */
function raised({ office, lead }: Scene): Told {
  const told = score(minutes(3))({ office, lead });
  const { handoff, log, now } = told;
  const around = { handoff, log, workflows: [], earlier: [asEarlier(handoff)] };
  const news = secondLook(lead.raised, around, office.policy, now);
  const after = news.reduce((before, command) => does(before, command, office), told);
  return { ...after, lead: lead.raised };
}

/** A lead that was sent back to nurture comes back on the day that was named. */
function returned({ office, lead }: Scene): Told {
  const sent = demo(recycled)({ office, lead });
  const revisitAt = sent.handoff.status === 'closed' ? sent.handoff.sentBack?.revisitAt : null;
  if (!revisitAt) throw new Error('Nothing brings the lead back: expected a day');
  const known = { earlier: [asEarlier(sent.handoff)], workflows: [] };
  const offered = handOver(handoffId, office.leads.normal.asked, known, office, revisitAt);
  if (!offered) throw new Error('The lead does not come back on its day');
  const memory = { colleagues: [], earlier: [endedBy(sent)] };
  return all(cardComes, minutes(1))({ ...offered, memory, lead: sent.lead }, office);
}

/** How the bot remembers a handoff that is closed. */
function endedBy({ handoff }: Told): Memory['earlier'][number] {
  if (handoff.status !== 'closed') throw new Error('The handoff is open: expected one that ended');
  const { id, trigger, assignment, qualifiedAt, closedAt, outcome, reason, sentBack } = handoff;
  const { rep } = assignment;
  return { handoffId: id, trigger, rep, qualifiedAt, closedAt, outcome, reason, note: sentBack?.note ?? '' };
}

/** A lead that nobody would hand over is shown as if it were another one. */
function begun(office: Office, lead: LeadOverTime, moment: 'asked' | 'scored'): Told {
  const nothing = { earlier: [], workflows: [] };
  const offered =
    handOver(handoffId, lead[moment], nothing, office, office.decidedAt) ??
    handOver(handoffId, office.leads.normal[moment], nothing, office, office.decidedAt);
  if (!offered) throw new Error(`The gallery's lead is not handed over: expected one that has ${moment}`);
  return { ...offered, lead: lead[moment] };
}

/** The card of a lead for each trigger of the policy, right after it came. */
export function offeredFor(trigger: string, office: Office): Told {
  const lead = office.byTrigger.get(trigger);
  if (!lead) throw new Error(`No lead of the gallery meets ${trigger}: expected one for each trigger`);
  const workflows = trigger === 'workflow' ? [{ name: 'hand_over', at: office.decidedAt }] : [];
  const offered = handOver(handoffId, lead, { earlier: [], workflows }, office, office.decidedAt);
  if (offered?.handoff.trigger !== trigger) {
    throw new Error(`The lead for ${trigger} came by ${offered?.handoff.trigger ?? 'nothing'}`);
  }
  return all(cardComes, minutes(1))(offered, office);
}
