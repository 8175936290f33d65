import type { Section } from '../../domain/card/card.ts';
import type { ReplyAction, Row } from '../../domain/card/reply-action.ts';
import { turnsSection } from '../../domain/home/turns.ts';
import { nameOf } from '../../domain/lead/who-is.ts';
import { teamOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { type Line, line } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import { type HomeNeeds, homeNow } from '../show/home-view.ts';
import { sayIt } from './said.ts';
import { typedAs } from './typed-as.ts';
import { usage } from './usage.ts';

type About = `commands.help${'Home' | 'Why' | 'Ooo' | 'Stats' | 'Team' | 'SentBack'}`;

/** What can be asked: a few examples that work for whoever asks, each with a button. */
export async function help(
  person: PersonId | null,
  platform: Platform,
  words: Words,
  needs: HomeNeeds & { handoffs: Handoffs; policy: () => Policy },
): Promise<Reply> {
  const policy = needs.policy();
  const actions = [sayIt('help all', words.text('commands.allWords'))];
  const title = words.text('commands.helpTitle');
  if (!person) return { title, sections: allWords(platform, policy, words) };
  const row = (said: string, detail: About): Row => ({
    text: line`${typedAs(platform, said)}`,
    detail: words.line(detail),
    actions: [sayIt(said, words.text('commands.show'))],
  });
  const [held] = await needs.handoffs.heldBy(person);
  const lead = held ? (await needs.handoffs.view(held))?.lead : undefined;
  const isManager = policy.teams.some(({ manager }) => manager === person);
  const rows = [
    row('home', 'commands.helpHome'),
    ...(lead ? [row(`why ${nameOf(lead)}`, 'commands.helpWhy')] : []),
    row('ooo friday', 'commands.helpOoo'),
    row('stats', 'commands.helpStats'),
    ...(isManager ? [row('stats team', 'commands.helpTeam')] : []),
    ...(policy.marketing && readsOf(policy, person) ? [row('sent-back 7d', 'commands.helpSentBack')] : []),
  ];
  const { view } = await homeNow(person, null, needs);
  const team = teamOf(policy, person);
  const turns = team ? turnsSection(team, view) : null;
  return {
    title,
    sections: [
      { kind: 'rows', rows },
      ...(turns ? [turns] : []),
      { kind: 'text', title: '', text: words.line('commands.helpShort') },
    ],
    actions,
    ...(lead && { about: [lead.id] }),
  };
}

/** Every word, and what the buttons of the cards mean. */
export function allHelp(platform: Platform, policy: Policy, words: Words): Reply {
  const actions: ReplyAction[] = [sayIt('help', words.text('commands.inShort'))];
  return { title: words.text('commands.helpTitle'), sections: allWords(platform, policy, words), actions };
}

function allWords(platform: Platform, { marketing, suppression, notify }: Policy, words: Words): Section[] {
  const about = (said: string, text: Line): Section => ({
    kind: 'text',
    title: typedAs(platform, said),
    text,
  });
  return [
    about(usage.home, words.line('help.home')),
    about(usage.stats, words.line('help.stats')),
    about(usage.why, words.line('help.why')),
    about(usage.opener, words.line('help.opener')),
    ...(marketing ? [about(usage['sent-back'], words.line('help.sentBack'))] : []),
    ...(suppression ? [about(usage.suppressions, words.line('help.suppressions'))] : []),
    about(usage.recycled, words.line('help.recycled')),
    about(usage.overturn, words.line('help.overturn')),
    about(usage.ooo, words.line('help.ooo')),
    about(usage.back, words.line('help.back')),
    ...(notify ? [about(usage.notify, words.line('notify.help'))] : []),
    about(usage.settings, words.line('help.settings')),
    about(usage.sample, words.line('help.sample')),
    about(usage.help, words.line('help.help')),
    { kind: 'text', title: words.text('help.cardsTitle'), text: words.line('help.cards') },
    { kind: 'text', title: words.text('help.managersTitle'), text: words.line('help.managers') },
  ];
}
