import { z } from 'zod';
import { nextMorning } from '../clock.ts';
import { doDeed, giveTo, turnRules, turnWebhooks } from './hubspot-acts.ts';
import type { Journal } from './journal.ts';
import { done } from './outcome.ts';
import type { Act, Outcome } from './protocol.ts';
import {
  chooseInModal,
  clickInSlack,
  closeModal,
  keepQuiet,
  openHomeInSlack,
  pressInView,
  submitModal,
  suggestInModal,
  viewSlack,
  writeInSlack,
} from './slack-acts.ts';
import { pressInTeams, searchInTeams, viewTeams, writeInTeams } from './teams-acts.ts';
import { dayWords, type World } from './world.ts';

const who = z.string();
const chat = z.enum(['slack', 'teams']);
const entered = z.union([z.string(), z.array(z.string()), z.null()]);
const entries = z.record(z.string(), z.record(z.string(), entered));

/** What the page may ask for. */
export const actSchema: z.ZodType<Act> = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('happen'), lead: z.string(), way: z.string() }),
  z.strictObject({
    act: z.literal('deed'),
    lead: z.string(),
    deed: z.enum(['call', 'email', 'message', 'meeting', 'booking', 'deal', 'win']),
  }),
  z.strictObject({ act: z.literal('own'), lead: z.string(), who: who.nullable() }),
  z.strictObject({ act: z.literal('webhooks'), on: z.boolean() }),
  z.strictObject({ act: z.literal('rules'), on: z.boolean() }),
  z.strictObject({
    act: z.literal('forward'),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(90 * 1440),
  }),
  z.strictObject({ act: z.literal('nextMorning') }),
  z.strictObject({ act: z.literal('beginAnew') }),
  z.strictObject({
    act: z.literal('click'),
    who,
    ts: z.string(),
    blockId: z.string(),
    actionId: z.string(),
    value: z.string().nullable(),
  }),
  z.strictObject({ act: z.literal('openHome'), who }),
  z.strictObject({ act: z.literal('doNotDisturb'), who, on: z.boolean() }),
  z.strictObject({
    act: z.literal('pressInView'),
    who,
    view: z.enum(['home', 'modal']),
    blockId: z.string(),
    actionId: z.string(),
  }),
  z.strictObject({ act: z.literal('choose'), who, blockId: z.string(), actionId: z.string(), entries }),
  z.strictObject({ act: z.literal('suggest'), who, blockId: z.string(), text: z.string().max(200) }),
  z.strictObject({ act: z.literal('submit'), who, entries }),
  z.strictObject({ act: z.literal('closeModal'), who }),
  z.strictObject({
    act: z.literal('press'),
    who,
    messageId: z.string(),
    verb: z.string(),
    data: z.record(z.string(), z.unknown()),
    inputs: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    act: z.literal('search'),
    who,
    messageId: z.string(),
    inputId: z.string(),
    text: z.string().max(200),
  }),
  z.strictObject({ act: z.literal('view'), who, chat }),
  z.strictObject({
    act: z.literal('write'),
    who,
    chat,
    text: z.string().min(1).max(3000),
  }),
]);

/** Carries out what the person at the page did, as the person or tool whose part they play. */
export async function perform(act: Act, world: World, journal: Journal): Promise<Outcome> {
  const { company, clock } = world;
  switch (act.act) {
    case 'happen':
      await company.act(act.lead, act.way);
      return done;
    case 'deed':
      return doDeed(act, world);
    case 'own':
      return giveTo(act, world);
    case 'webhooks':
      return turnWebhooks(act, world, journal);
    case 'rules':
      return turnRules(act, world, journal);
    case 'forward':
      return passTime(new Date(clock.now().getTime() + act.minutes * 60_000), world, journal);
    case 'nextMorning':
      return passTime(nextMorning(clock.now()), world, journal);
    // Its server does that once the page has its answer.
    case 'beginAnew':
      return done;
    case 'click':
      return clickInSlack(act, world, journal);
    case 'openHome':
      return openHomeInSlack(act, world, journal);
    case 'doNotDisturb':
      return keepQuiet(act, world, journal);
    case 'pressInView':
      return pressInView(act, world, journal);
    case 'choose':
      return chooseInModal(act, world, journal);
    case 'suggest':
      return suggestInModal(act, world, journal);
    case 'submit':
      return submitModal(act, world, journal);
    case 'closeModal':
      return closeModal(act, world, journal);
    case 'press':
      return pressInTeams(act, world, journal);
    case 'search':
      return searchInTeams(act, world, journal);
    case 'view':
      return act.chat === 'slack' ? viewSlack(act, world, journal) : viewTeams(act, world, journal);
    case 'write':
      return act.chat === 'slack' ? writeInSlack(act, world, journal) : writeInTeams(act, world, journal);
    default:
      return act satisfies never;
  }
}

async function passTime(until: Date, { passTimeUntil }: World, journal: Journal): Promise<Outcome> {
  await passTimeUntil(until);
  journal.add('Clock', `It is now ${dayWords(until)} in New York`);
  return done;
}
