import type { HomeView } from '@slack/types';
import type { Section } from '../../domain/card/card.ts';
import type { Mentions, Reply } from '../../flow/ports/chat.ts';
import { header, headline } from './blocks.ts';
import { type AnyBlock, groupsOf, slackLine } from './card.ts';
import { actionsBlocks } from './reply.ts';
import type { Origin } from './reply-buttons.ts';

/** Slack takes so many blocks in a view ("Blocks"). */
const blocksMax = 100;

/** The words that bring the page as an answer. */
const homeWords = 'home';

/** Somebody's page: why nothing came of what they did, the numbers, the buttons that are always there, and the lists. */
export function slackHome(page: Reply, people: Mentions): HomeView {
  const { title, notice = [], sections, actions = [] } = page;
  const origin: Origin = { on: 'answer', again: homeWords };
  const [numbers, ...rest] = sections;
  const top: AnyBlock[] = [
    ...(notice.length > 0 ? slackLine(notice, people).blocks : []),
    header(headline(title, 'Handoffs')),
    ...(numbers ? blocksOf(numbers, people, origin).filter(({ type }) => type !== 'divider') : []),
    ...actionsBlocks(actions, title, origin),
  ];
  const blocks = [...top, ...rest.flatMap((section) => blocksOf(section, people, origin))];
  return { type: 'home', blocks: blocks.slice(0, blocksMax) };
}

function blocksOf(section: Section, people: Mentions, origin: Origin): AnyBlock[] {
  return groupsOf(section, people, 'asTables', origin).flat();
}
