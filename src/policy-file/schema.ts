import { z } from 'zod';
import { accountMatches, audiences, platforms, requiredFields, threads } from '../domain/policy/policy.ts';
import { languages } from '../domain/words/words.ts';
import { briefing, pages } from './briefing.ts';
import { card } from './card.ts';
import { condition, words } from './conditions.ts';
import { deal } from './deals.ts';
import { deliver } from './deliver.ts';
import { destination } from './destinations.ts';
import { eventDestination } from './events.ts';
import { intro } from './intros.ts';
import { ladder } from './ladder.ts';
import { leadObject } from './lead-object.ts';
import { marketing } from './marketing.ts';
import { notify } from './notify.ts';
import { disqualifyReason, handBackReason, usualHandBackReasons } from './reasons.ts';
import { recycle, usualRecycle } from './recycle.ts';
import { summaries } from './summaries.ts';
import { summary } from './summary.ts';
import { suppression } from './suppression.ts';
import { targets } from './targets.ts';
import {
  days,
  daysOfMonths,
  email,
  found,
  holidays,
  hours,
  label,
  minutes,
  name,
  positiveMinutes,
  word,
  zone,
} from './values.ts';
import { webhook } from './webhooks.ts';

const chatChoice = z.enum([...platforms, 'both'], { error: found('slack, teams or both') });

const slackAccount = z.union(
  [
    z
      .string()
      .regex(/^[UW][A-Z0-9]{7,}$/)
      .toLowerCase(),
    email,
  ],
  {
    error: found('an email, or a member ID such as U0123456789'),
  },
);

/** Where somebody reads their cards; or that, and which their accounts are. */
const chatOfPerson = z.union(
  [
    chatChoice,
    z.strictObject({
      usual: chatChoice.optional().describe('Where they read their cards.'),
      slack: slackAccount
        .optional()
        .describe('The email of their account in Slack, or its member ID, as U0123456789.'),
      teams: email.optional().describe('The email of their account in Teams.'),
    }),
  ],
  { error: found('slack, teams or both, or { usual: slack, slack: <email>, teams: <email> }') },
);

const limit = z.int({ error: found('a whole number') }).min(1, { error: found('a limit of 1 or more') });

const requiredField = z.union(
  [
    z.enum(requiredFields),
    z.strictObject({ property: word.describe('Any contact property, by its name in HubSpot.') }),
  ],
  {
    error: found(`one of ${requiredFields.join(', ')}, or { property: <name in HubSpot> }`),
  },
);

const startForm = /^from (?:now|(.+) before)$/;

/** How much of what was before the bot first ran counts, in minutes. */
const start = z
  .string({ error: found('"from now" or "from 3 days before"') })
  .regex(startForm, 'expected "from now" or "from 3 days before"')
  .transform((text) => startForm.exec(text)?.[1] ?? '0 min')
  .pipe(minutes);

const member = z.strictObject({
  email: email.describe('As in HubSpot and in chat.'),
  weight: z
    .number()
    .min(0, { error: found('a weight of 0 or more') })
    .default(1)
    .describe("The share of the turns, relative to the others'; 0 takes none."),
  zone: zone.optional().describe("The time zone, where it is not the team's."),
  hours: hours.optional().describe("The working hours, where they are not the team's."),
  holidays: holidays
    .optional()
    .describe("The place whose public holidays are free, where it is not the team's."),
  active: z.boolean().default(true).describe('false: takes nothing new.'),
  caps: z
    .strictObject({
      open: limit.optional().describe('At most so many open handoffs.'),
      per_day: limit.optional().describe('At most so many new ones a day, in their own time zone.'),
      per_hour: limit.optional().describe('At most so many new ones within any hour.'),
    })
    .default({})
    .describe('How much they take at most.'),
});

const rule = z.strictObject({
  name: word.optional().describe('What people read; where it leads unless told otherwise.'),
  if: condition.optional().describe('For which leads; for all unless told otherwise.'),
  to: destination.describe('To whom.'),
  when_nobody: z
    .enum(['next', 'hold'])
    .default('next')
    .describe('Nobody of the team is at work: try the next rule, or hold the lead until the first one is.'),
});

/** More minutes of the target's time, or until the rep has had an hour of their next day at work. */
const grace = z.union(
  [z.literal('tomorrow morning').transform(() => 'untilMorning' as const), positiveMinutes],
  {
    error: found('a duration such as "15 min" or "4 h", or "tomorrow morning"'),
  },
);

/** The policy as the file spells it. What no single field can tell is checked in `references.ts`. */
export const policySchema = z.strictObject({
  properties: z
    .strictObject({
      score: word.optional().describe('The property that holds the score.'),
      score_components: z
        .record(z.string(), word)
        .default({})
        .describe('Properties that hold its parts, by what people call them.'),
      summary: word.optional().describe('A property with a summary of the lead.'),
      product: word.optional().describe('A property that tells what the lead is interested in.'),
    })
    .describe('How your HubSpot portal names what the bot reads.'),
  regions: z.record(z.string(), words).default({}).describe('Names for groups of countries.'),
  segments: z.record(z.string(), condition).default({}).describe('Names for kinds of leads and companies.'),
  qualification: z
    .strictObject({
      required: z.array(requiredField).default([]).describe('A lead that lacks one of these is held.'),
      never: z
        .array(z.strictObject({ name, label, when: condition.describe('Of whom it is true.') }))
        .default([])
        .describe('Nobody of whom one of these is true is handed over.'),
      fresh_within: positiveMinutes
        .default(7 * 1440)
        .describe('What happened longer ago is no reason to call; 7 days unless told otherwise.'),
      start: start
        .default(0)
        .describe('What was before the bot first ran is history, unless it may reach back some days.'),
    })
    .describe('Who is handed over at all.'),
  triggers: z
    .array(
      z.strictObject({
        name,
        label,
        when: condition.describe('When it applies; at least one line about what the lead did.'),
        targets,
        cool_down: positiveMinutes
          .optional()
          .describe('Not again so soon after the last handoff by this trigger.'),
        once: z.boolean().default(false).describe("true: once in a lead's life."),
        deliver: deliver
          .optional()
          .describe(
            'Its leads come to their rep together, at these local times; each at once unless told otherwise.',
          ),
      }),
    )
    .min(1, 'expected at least one trigger')
    .describe('What makes a lead qualify, most urgent first.'),
  teams: z
    .array(
      z.strictObject({
        name: word.describe('What rules and people call the team.'),
        manager: email.describe('Who decides when nobody answers.'),
        zone: zone.describe('The time zone of those who have none of their own.'),
        hours: hours.describe('The working hours of those who have none of their own.'),
        holidays: holidays
          .optional()
          .describe('The place whose public holidays are free for those who have none of their own.'),
        members: z.array(member).min(1, 'expected at least one member').describe('Who takes leads.'),
      }),
    )
    .min(1, 'expected at least one team')
    .describe('Who takes leads, and who answers for them.'),
  routing: z
    .strictObject({
      account_by: z
        .array(z.enum(accountMatches))
        .min(1, 'expected at least one way to find the company')
        .default([...accountMatches])
        .describe("How a lead's company is found, in this order."),
      rules: z.array(rule).describe('Tried in order; the first that finds somebody decides.'),
      fallback: email.describe('Takes what no rule could place.'),
    })
    .describe('Who gets which lead.'),
  chat: z
    .strictObject({
      usual: chatChoice.default('slack').describe('Where people read their cards.'),
      people: z
        .record(z.string(), chatOfPerson)
        .default({})
        .describe('Who reads them elsewhere, or has another email in a chat, by email.'),
    })
    .default({ usual: 'slack', people: {} })
    .describe('Where people read their cards, when both chats are connected.'),
  escalation: z
    .strictObject({
      acknowledge: ladder.describe('Around the time by which the card must be answered.'),
      touch: ladder.describe('Around the time by which the rep must have reached out.'),
    })
    .describe('What happens around a target that is about to be missed, in order of time.'),
  notify: notify
    .nullable()
    .default(null)
    .describe(
      'How people may have themselves told again of what they have not answered; not at all unless told otherwise.',
    ),
  do_not_disturb: z
    .enum(['respect', 'ignore'], { error: found('respect or ignore') })
    .default('ignore')
    .describe(
      'Whether reminders wait while their rep is on Do Not Disturb in Slack; they do not unless told otherwise.',
    ),
  webhooks: z
    .array(webhook)
    .default([])
    .describe('Other systems that may be told of leads that wait; none unless told otherwise.'),
  events: z
    .array(eventDestination)
    .default([])
    .describe('Other systems that are told what happens to handoffs; none unless told otherwise.'),
  grace: z.array(grace).min(1, 'expected at least one choice').describe('The choices of Allow More Time.'),
  silent_after: z
    .int({ error: found('a whole number of cards, or nothing') })
    .min(2, { error: found('2 or more') })
    .nullable()
    .default(null)
    .describe('A rep who lets so many cards in a row pass is set away; nobody is unless told otherwise.'),
  suppression: suppression
    .nullable()
    .default(null)
    .describe('Pauses nurture while sales has a lead; without it nothing is paused.'),
  disqualify_reasons: z
    .array(disqualifyReason)
    .min(1, 'expected at least one reason')
    .describe('Why a rep may send a lead back.'),
  hand_back_reasons: z
    .array(handBackReason)
    .min(1, 'expected at least one reason')
    .default([...usualHandBackReasons])
    .describe('Why a rep may pass a lead on to somebody else.'),
  deals: z
    .array(deal)
    .default([])
    .describe(
      'For which leads the bot makes a deal; the first that fits counts. None unless told otherwise.',
    ),
  intro: z
    .array(intro)
    .default([])
    .describe('Greetings from the mailbox of whoever has the lead; the first that fits counts.'),
  lead_object: leadObject
    .default(null)
    .describe(
      "on: a handoff has its record of HubSpot's Lead object (Sales Hub Professional and up); off unless told otherwise.",
    ),
  overturn_within: positiveMinutes
    .default(2 * 1440)
    .describe('So long a manager may have a lead that was sent back go on; 2 days unless told otherwise.'),
  recycle: recycle.prefault(usualRecycle).describe('What becomes of a lead whose time has not come.'),
  briefing,
  pages,
  update: z
    .array(word)
    .max(5, 'expected five properties or fewer: more belong in HubSpot itself')
    .default([])
    .describe(
      'Contact properties that people may set from the card, by name in HubSpot or as its pages say.',
    ),
  thread: z
    .enum(threads, { error: found(`one of ${threads.join(', ')}`) })
    .default('important')
    .describe(
      'How much of what happens to a lead is told below its card in Slack, and by messages in Teams: important unless told otherwise. Everything stands on the card.',
    ),
  language: z
    .enum(languages, { error: found(`one of ${languages.join(', ')}`) })
    .default('en')
    .describe(
      'The company’s: of what is for nobody in particular, as channels and HubSpot, and for whoever uses their chat in a language without words here; en unless told otherwise.',
    ),
  admins: z
    .array(email)
    .min(1, 'expected at least one admin')
    .optional()
    .describe('Who is told when the bot itself was in trouble; the fallback unless told otherwise.'),
  who_sees: z
    .strictObject({
      why: z
        .enum(audiences, { error: found('concerned, team or everybody') })
        .default('concerned')
        .describe('Who is told all that was looked at; others learn with whom the lead is.'),
    })
    .default({ why: 'concerned' })
    .describe("Who may see a lead's story."),
  card: card
    .optional()
    .describe('What stands on cards, and where; as the bot thinks best unless told otherwise.'),
  marketing: marketing
    .optional()
    .describe('Who of marketing learns what becomes of their leads; nobody unless told otherwise.'),
  summaries: summaries
    .optional()
    .describe('What comes to people by itself, in their own time zone; nothing unless told otherwise.'),
  ideal_profile: z
    .array(z.strictObject({ label, when: condition.describe('Of whom it is true.') }))
    .default([])
    .describe('What the ideal lead is like: cards say what of it a lead has, and what not.'),
  summary: summary.optional().describe('Who summarises leads; the bot by rule unless told otherwise.'),
  retention: z
    .strictObject({
      events: days.default(30).describe('What HubSpot told; 30 days unless told otherwise.'),
      never_handed_over: days
        .default(30)
        .describe('Leads that sales never had, since they were last read; 30 days unless told otherwise.'),
      handed_over: days
        .default(daysOfMonths(24))
        .describe('Since the last handoff of a lead ended; 24 months unless told otherwise.'),
    })
    .default({ events: 30, never_handed_over: 30, handed_over: daysOfMonths(24) })
    .describe('How long what is known of leads is kept. Ids, times and outcomes stay.'),
});

export type RawPolicy = z.output<typeof policySchema>;
