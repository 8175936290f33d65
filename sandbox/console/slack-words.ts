import type { SlackMessage } from '../slack/workspace.ts';
import { timeWords, type World } from './world.ts';

/** Slack's markup as plain words: mentions as names, dates as times in New York. */
export function slackWords(text: string, { company }: World): string {
  const nameOf = (id: string) => company.colleagues.find(({ accounts }) => accounts.slack === id)?.name ?? id;
  return text
    .replaceAll(/<!date\^(\d+)\^[^>]*>/g, (_, seconds: string) => timeWords(new Date(Number(seconds) * 1000)))
    .replaceAll(/<@([A-Z0-9]+)>/g, (_, id: string) => nameOf(id))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A message's headline: its header block. */
export function headlineOf({ blocks }: Pick<SlackMessage, 'blocks'>): string | null {
  return plainText(blocks.find(({ type }) => type === 'header')?.['text']);
}

/** What a text object of Slack's says; null for anything else. */
export function plainText(object: unknown): string | null {
  return typeof object === 'object' && object !== null && 'text' in object ? String(object.text) : null;
}

/** The handoff that a message of the bot says it is about. */
export function handoffOf({ metadata }: Pick<SlackMessage, 'metadata'>): string | null {
  const handoff = metadata?.event_payload['handoff'];
  return typeof handoff === 'string' ? handoff : null;
}
