import { z } from 'zod';
import { nextMorning } from '../clock.ts';
import { interactiveElements } from '../slack/interactive.ts';
import type { Outcome as SlackOutcome } from '../slack/outcome.ts';
import type { Journal } from './journal.ts';
import type { Act, Outcome } from './protocol.ts';
import { plainText } from './slack-words.ts';
import { dayWords, nameOf, type World } from './world.ts';

const who = z.string();

/** What the page may ask for. */
export const actSchema: z.ZodType<Act> = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('happen'), lead: z.string(), way: z.string() }),
  z.strictObject({
    act: z.literal('forward'),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(7 * 1440),
  }),
  z.strictObject({ act: z.literal('nextMorning') }),
  z.strictObject({ act: z.literal('click'), who, ts: z.string(), blockId: z.string(), actionId: z.string() }),
  z.strictObject({
    act: z.literal('submit'),
    who,
    entries: z.record(z.string(), z.record(z.string(), z.string().nullable())),
  }),
  z.strictObject({ act: z.literal('closeModal'), who }),
  z.strictObject({ act: z.literal('write'), who, text: z.string().min(1).max(3000) }),
]);

const done: Outcome = { ok: true, problem: null, errors: {} };

/** Carries out what the person at the page did, as the person or tool whose part they play. */
export async function perform(act: Act, world: World, journal: Journal): Promise<Outcome> {
  const { company, slack, clock } = world;
  switch (act.act) {
    case 'happen':
      company.act(act.lead, act.way);
      return done;
    case 'forward':
      return passTime(new Date(clock.now().getTime() + act.minutes * 60_000), world, journal);
    case 'nextMorning':
      return passTime(nextMorning(clock.now()), world, journal);
    case 'click': {
      const label = labelOf(act, world);
      journal.add('Slack', `${nameOf(act.who, world)} clicked “${label}”`);
      const { ts, blockId, actionId } = act;
      return told(await slack.click(act.who, { ts, blockId, actionId }), journal);
    }
    case 'submit': {
      const title = plainText(slack.openView(act.who)?.title);
      const outcome = await slack.submitView(act.who, act.entries);
      // Slack's own client found something missing: nothing was sent.
      if (outcome.result !== 'refused') journal.add('Slack', `${nameOf(act.who, world)} sent “${title}”`);
      return told(outcome, journal);
    }
    case 'closeModal': {
      const outcome = await slack.closeView(act.who);
      return outcome === null ? done : told(outcome, journal);
    }
    case 'write': {
      const [, command, text] = /^(\/\S+)\s*(.*)$/s.exec(act.text.trim()) ?? [];
      if (command === undefined) {
        slack.write(act.who, act.text);
        return done;
      }
      journal.add('Slack', `${nameOf(act.who, world)} typed ${[command, text].filter(Boolean).join(' ')}`);
      return told(await slack.command(act.who, command, text), journal);
    }
    default:
      return act satisfies never;
  }
}

async function passTime(until: Date, { passTimeUntil }: World, journal: Journal): Promise<Outcome> {
  await passTimeUntil(until);
  journal.add('Clock', `It is now ${dayWords(until)} in New York`);
  return done;
}

/** What Slack would tell the person, and the log. */
function told({ result, status, reason, errors }: SlackOutcome, journal: Journal): Outcome {
  switch (result) {
    case 'acknowledged':
      return { ...done, ok: Object.keys(errors).length === 0, errors };
    case 'refused':
      return { ok: false, problem: Object.keys(errors).length > 0 ? null : reason, errors };
    case 'operation_timeout': {
      const problem = 'Lead Handoff did not answer within three seconds (operation_timeout).';
      journal.add('Slack', problem, { tone: 'bad' });
      return { ok: false, problem, errors };
    }
    case 'dispatch_failed': {
      const how = reason ?? (status === null ? 'no connection' : `HTTP ${status}`);
      const problem = `Lead Handoff could not be reached (dispatch_failed: ${how}).`;
      journal.add('Slack', problem, { tone: 'bad' });
      return { ok: false, problem, errors };
    }
    default:
      return result satisfies never;
  }
}

/** What stands on a button; it may be in a message, in a thread, or in what only this person sees. */
function labelOf({ who, ts, blockId, actionId }: Extract<Act, { act: 'click' }>, { slack }: World): string {
  const messages = slack.messages(who).flatMap((message) => [message, ...message.replies]);
  const blocks = [...messages, ...slack.ephemerals(who)].find((one) => one.ts === ts)?.blocks ?? [];
  const pressed = interactiveElements(blocks).find(
    ({ block, element }) => block['block_id'] === blockId && element['action_id'] === actionId,
  );
  return plainText(pressed?.element['text']) ?? actionId;
}
