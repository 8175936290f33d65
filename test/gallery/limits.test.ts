import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { markdownHtml } from '../../sandbox/console/page/teams/markdown.ts';
import { type DrawnCard, drawnCard } from '../../sandbox/gallery/cards.ts';
import { leadTitles } from '../../sandbox/gallery/content.ts';
import { type LeadName, type Office, openOffice } from '../../sandbox/gallery/office.ts';
import { states } from '../../sandbox/gallery/states.ts';
import { findMessageIssues } from '../../sandbox/slack/block-kit.ts';
import { problemsOf } from '../adapters/teams/client.ts';
import { anyWords, withWords } from './other-words.ts';
import { slackProblems } from './slack-limits.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

const teamsMaxBytes = 25_000;

describe.each(Object.keys(leadTitles) as LeadName[])('a lead that is %s', (name) => {
  test.each(states.map((state) => [state.key, state] as const))('%s', (_, { tell, reader }) => {
    expectFine(drawnCard(tell({ office, lead: office.leads[name] }), reader, office));
  });
});

test('whatever a lead writes, each chat takes the card of each state, and it stays text', () => {
  const stories = states.map(({ tell, reader }) => {
    return { told: tell({ office, lead: office.leads.normal }), reader };
  });
  fc.assert(
    fc.property(fc.nat(states.length - 1), anyWords, (index, words) => {
      const story = stories[index];
      if (story) expectFine(drawnCard(withWords(story.told, words), story.reader, office));
    }),
    { numRuns: 300 },
  );
});

/** What both witnesses of each chat say, and that nothing of a lead's is markup. */
function expectFine({ slack, teams }: DrawnCard): void {
  expect(findMessageIssues(slack.blocks)).toEqual([]);
  expect(slackProblems(slack.blocks)).toEqual([]);
  expect(slack.text.length).toBeLessThanOrEqual(4000);
  expect(aliveInSlack(slack)).toEqual([]);
  expect(problemsOf(teams)).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(teams))).toBeLessThanOrEqual(teamsMaxBytes);
  expect(aliveInTeams(teams)).toEqual([]);
}

/**
 * The bot's own mentions and links. A lead's number and address are links of the bot's making, with a first sentence at
 * most: nobody else gets a copy.
 */
const ownMention = /^<(@U\d{10}|!date\^\d+\^[^<>|]*\|[^<>]*)>$/;
const ownLink =
  /^(https:\/\/(app\.hubspot\.com|hubspot\.example)\/|tel:\+?\d{3,15}$|mailto:[^?&\s]+(\?body=[^?&\s]*)?$)/;

/** What Slack would make something of although a lead wrote it. */
function aliveInSlack({ text, blocks }: DrawnCard['slack']): string[] {
  const markup = text.match(/<[^>]*>/g) ?? [];
  const found = nodesOf(blocks).flatMap((node): string[] => {
    if (node['type'] === 'mrkdwn') return [String(node['text'])];
    if (node['type'] === 'broadcast' || node['type'] === 'usergroup') return [JSON.stringify(node)];
    const url = node['url'];
    return typeof url === 'string' && !ownLink.test(url) ? [url] : [];
  });
  return [...markup.filter((one) => !ownMention.test(one)), ...found];
}

/** What Teams would make something of: it reads markdown in text blocks, facts, titles and labels. */
function aliveInTeams(card: DrawnCard['teams']): string[] {
  return nodesOf(card).flatMap((node): string[] => {
    const url = node['url'];
    const markdown = node['type'] === 'TextBlock' ? [node['text']] : [node['value'], node['label']];
    const html = markdown.filter((one) => typeof one === 'string').map(markdownHtml);
    const links = html.flatMap((one) =>
      [...one.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href ?? ''),
    );
    const others = html.flatMap((one) => one.match(/<(?!\/?(?:a|p|br)\b)[^>]*>/g) ?? []);
    const strange = [...links, ...(typeof url === 'string' ? [url] : [])];
    return [...strange.filter((one) => !ownLink.test(one)), ...others];
  });
}

function nodesOf(node: unknown): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (typeof node !== 'object' || node === null) return [];
  const fields = node as Readonly<Record<string, unknown>>;
  return [fields, ...Object.values(fields).flatMap(nodesOf)];
}
