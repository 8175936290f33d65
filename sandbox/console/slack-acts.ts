import { optionsOf } from '../slack/block-elements.ts';
import { interactiveElements } from '../slack/interactive.ts';
import type { Outcome as SlackOutcome } from '../slack/outcome.ts';
import type { Block } from '../slack/wire.ts';
import type { Journal } from './journal.ts';
import { done } from './outcome.ts';
import type { ActOf, Outcome } from './protocol.ts';
import { plainText } from './slack-words.ts';
import { nameOf, type World } from './world.ts';

/** Clicks a button of a message, or an option of a menu in it. */
export async function clickInSlack(act: ActOf<'click'>, world: World, journal: Journal): Promise<Outcome> {
  journal.add('Slack', `${nameOf(act.who, world)} clicked “${labelOf(act, world)}”`);
  const { ts, blockId, actionId, value } = act;
  const chosen = value === null ? {} : { value };
  return told(await world.slack.click(act.who, { ts, blockId, actionId, ...chosen }), journal);
}

const hourMs = 3_600_000;

/** Switches Do Not Disturb on for an hour, or off. */
export async function keepQuiet(
  { who, on }: ActOf<'doNotDisturb'>,
  world: World,
  journal: Journal,
): Promise<Outcome> {
  const start = world.clock.now();
  const doNotDisturb = on ? { start, end: new Date(start.getTime() + hourMs) } : null;
  world.slack.changeUser(who, { doNotDisturb });
  const how = on ? 'is on Do Not Disturb for an hour' : 'wants notifications again';
  journal.add('Slack', `${nameOf(who, world)} ${how}`);
  return done;
}

/** Clicks a button of somebody's Home tab, or of the modal in front. */
export async function pressInView(
  { who, view, blockId, actionId }: ActOf<'pressInView'>,
  world: World,
  journal: Journal,
): Promise<Outcome> {
  const { slack } = world;
  const blocks = (view === 'home' ? slack.home(who) : slack.openView(who))?.blocks ?? [];
  journal.add('Slack', `${nameOf(who, world)} clicked “${labelAmong(blocks, { blockId, actionId })}”`);
  return told(await slack.click(who, { view, blockId, actionId }), journal);
}

/** Gives an answer of the modal in front that the bot hears of at once. */
export async function chooseInModal(
  { who, blockId, actionId, entries }: ActOf<'choose'>,
  { slack }: World,
  journal: Journal,
): Promise<Outcome> {
  const { [blockId]: { [actionId]: value = null } = {}, ...others } = entries;
  const place = { view: 'modal', blockId, actionId } as const;
  return told(await slack.click(who, { ...place, value, entries: others }), journal);
}

/** Types letters into a menu of the modal in front. */
export async function suggestInModal(
  { who, blockId, text }: ActOf<'suggest'>,
  { slack }: World,
  journal: Journal,
): Promise<Outcome> {
  const { options, ...outcome } = await slack.suggest(who, { blockId, text });
  // Slack's own client asks nobody before a few letters are there.
  if (outcome.result === 'refused') return { ...done, found: [] };
  const found = options.map((option) => ({
    value: String(option['value']),
    label: plainText(option['text']) ?? '',
  }));
  return { ...told(outcome, journal), found };
}

/** Sends the modal in front. */
export async function submitModal(act: ActOf<'submit'>, world: World, journal: Journal): Promise<Outcome> {
  const { slack } = world;
  const title = plainText(slack.openView(act.who)?.title);
  const outcome = await slack.submitView(act.who, act.entries);
  // Slack's own client found something missing: nothing was sent.
  if (outcome.result !== 'refused') journal.add('Slack', `${nameOf(act.who, world)} sent “${title}”`);
  return told(outcome, journal);
}

/** Closes the modal in front. */
export async function closeModal(
  act: ActOf<'closeModal'>,
  { slack }: World,
  journal: Journal,
): Promise<Outcome> {
  const outcome = await slack.closeView(act.who);
  return outcome === null ? done : told(outcome, journal);
}

/** Comes to the conversation with the bot, of which Slack tells it. */
export async function viewSlack({ who }: ActOf<'view'>, world: World, journal: Journal): Promise<Outcome> {
  journal.add('Slack', `${nameOf(who, world)} opened the conversation`);
  return told(await world.slack.openHome(who, 'messages'), journal);
}

/** Comes to the Home tab, of which Slack tells the bot. */
export async function openHomeInSlack(
  { who }: ActOf<'openHome'>,
  world: World,
  journal: Journal,
): Promise<Outcome> {
  journal.add('Slack', `${nameOf(who, world)} opened the Home tab`);
  return told(await world.slack.openHome(who, 'home'), journal);
}

/** Types a command or a message. */
export async function writeInSlack(act: ActOf<'write'>, world: World, journal: Journal): Promise<Outcome> {
  const [, command, text] = /^(\/\S+)\s*(.*)$/s.exec(act.text.trim()) ?? [];
  if (command === undefined) {
    journal.add('Slack', `${nameOf(act.who, world)} wrote “${act.text.trim()}”`);
    return told(await world.slack.say(act.who, act.text), journal);
  }
  journal.add('Slack', `${nameOf(act.who, world)} typed ${[command, text].filter(Boolean).join(' ')}`);
  return told(await world.slack.command(act.who, command, text), journal);
}

/** What Slack would tell the person, and the log. */
function told({ result, status, reason, errors }: SlackOutcome, journal: Journal): Outcome {
  switch (result) {
    case 'acknowledged':
      return { ...done, ok: Object.keys(errors).length === 0, errors };
    case 'refused':
      return {
        ...done,
        ok: false,
        problem: Object.keys(errors).length > 0 ? null : reason,
        errors,
      };
    case 'operation_timeout':
      return failed('Lead Handoff did not answer within three seconds (operation_timeout).', journal);
    case 'dispatch_failed': {
      const how = reason ?? (status === null ? 'no connection' : `HTTP ${status}`);
      return failed(`Lead Handoff could not be reached (dispatch_failed: ${how}).`, journal);
    }
    default:
      return result satisfies never;
  }
}

function failed(problem: string, journal: Journal): Outcome {
  journal.add('Slack', problem, { tone: 'bad' });
  return { ...done, ok: false, problem };
}

/** What stands on a button or an option; it may be in a message, in a thread, in a channel, or in what only this person sees. */
function labelOf({ who, ts, blockId, actionId, value }: ActOf<'click'>, { slack, company }: World): string {
  const messages = slack.messages(who).flatMap((message) => [message, ...message.replies]);
  const inChannels = company.channels
    .filter(({ platform }) => platform === 'slack')
    .flatMap(({ id }) => slack.channelMessages(id));
  const seen = [...messages, ...inChannels, ...slack.ephemerals(who)];
  const blocks = seen.find((one) => one.ts === ts)?.blocks ?? [];
  return labelAmong(blocks, { blockId, actionId, value });
}

function labelAmong(
  blocks: readonly Block[],
  { blockId, actionId, value = null }: { blockId: string; actionId: string; value?: string | null },
): string {
  const pressed = interactiveElements(blocks).find(
    ({ block, element }) => block['block_id'] === blockId && element['action_id'] === actionId,
  );
  const option = optionsOf(pressed?.element ?? {}).find((one) => one['value'] === value);
  return plainText((option ?? pressed?.element)?.['text']) ?? actionId;
}
