import type { Channel } from '../company/channels.ts';
import type { Colleague } from '../company.ts';
import type { EphemeralMessage, SlackMessage } from '../slack/workspace.ts';
import type { Journal } from './journal.ts';
import { handoffOf, headlineOf, slackWords } from './slack-words.ts';
import type { World } from './world.ts';

/** Tells the journal what people see change in Slack, and which of the bot's calls Slack refused. */
export function followSlack(world: World, journal: Journal): void {
  const { slack, company } = world;
  /** What was told of each message, by its timestamp. */
  const told = new Map<string, string>();
  const toldRequests = new WeakSet<object>();
  let isScheduled = false;

  slack.onChange(() => {
    if (isScheduled) return;
    isScheduled = true;
    // A call that changes something is listed by Slack only after the change.
    setImmediate(() => {
      isScheduled = false;
      for (const colleague of company.colleagues) look(colleague);
      for (const channel of company.channels) lookInto(channel);
      lookAtCalls();
    });
  });

  function look(colleague: Colleague): void {
    const userId = colleague.accounts.slack;
    if (userId === null) return;
    for (const message of slack.messages(userId)) {
      lookAt(colleague, message);
      for (const reply of message.replies) lookAtReply(colleague, reply);
    }
    for (const ephemeral of slack.ephemerals(userId)) lookAtEphemeral(colleague, ephemeral);
  }

  function lookInto({ platform, id, name }: Channel): void {
    if (platform !== 'slack') return;
    for (const message of slack.channelMessages(id)) tellCard(message, `#${name}`);
  }

  function lookAt({ name, accounts }: Colleague, message: SlackMessage): void {
    if (message.user !== accounts.slack) tellCard(message, name);
    else if (remember(message)) journal.add('Slack', `${name} wrote: ${slackWords(message.text, world)}`);
  }

  /** @param reader who has the message in front of them */
  function tellCard(message: SlackMessage, reader: string): void {
    const isChange = told.has(message.ts);
    if (!remember(message)) return;
    const headline = headlineOf(message);
    const words = slackWords(message.text, world);
    const status =
      headline !== null && words.startsWith(`${headline}. `) ? words.slice(headline.length + 2) : words;
    const handoffId = handoffOf(message);
    if (handoffId === null) {
      journal.add('Slack', `${reader} is told: ${words}`);
      return;
    }
    const about = { handoffId };
    if (isChange) journal.add('Slack', `${reader}’s card now says: ${status}`, { about });
    else journal.add('Slack', `${reader} got a card in Slack: ${headline ?? words}`, { about, tone: 'good' });
  }

  /** Remembers what a message says. @returns whether that is new */
  function remember({ ts, text }: SlackMessage): boolean {
    const known = told.get(ts);
    told.set(ts, text);
    return known !== text;
  }

  /** Only what Slack tells the person of; the rest stands in the thread. */
  function lookAtReply(colleague: Colleague, reply: SlackMessage): void {
    if (told.has(reply.ts)) return;
    told.set(reply.ts, reply.text);
    if (!reply.reply_broadcast) return;
    const handoffId = handoffOf(reply);
    journal.add('Slack', `${colleague.name} is told: ${slackWords(reply.text, world)}`, {
      about: handoffId === null ? null : { handoffId },
    });
  }

  function lookAtEphemeral(colleague: Colleague, message: EphemeralMessage): void {
    if (told.has(message.ts)) return;
    told.set(message.ts, message.text);
    const words = headlineOf(message) ?? slackWords(message.text, world);
    journal.add('Slack', `Only ${colleague.name} sees: ${words}`);
  }

  function lookAtCalls(): void {
    for (const request of slack.requests.toReversed()) {
      if (toldRequests.has(request)) break;
      toldRequests.add(request);
      if (request.error === null) continue;
      journal.add('Slack', `The API answered ${request.error} to ${request.method}`, { tone: 'bad' });
    }
  }
}
