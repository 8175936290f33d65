import type { Section } from '../../domain/card/card.ts';
import type { ReplyAction, Row } from '../../domain/card/reply-action.ts';
import { turnsSection } from '../../domain/home/turns.ts';
import { nameOf } from '../../domain/lead/who-is.ts';
import { teamOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { type Line, line } from '../../domain/words/line.ts';
import { shownAs } from '../../domain/words/typed.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import { type HomeNeeds, homeNow } from '../show/home-view.ts';
import { sayIt } from './said.ts';
import { typedAs } from './typed-as.ts';
import { usageOf, type Verb } from './usage.ts';

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
    row(shownAs('home', words.language), 'commands.helpHome'),
    ...(lead ? [row(words.text('help.whyLead', { lead: nameOf(lead) }), 'commands.helpWhy')] : []),
    row(words.text('help.untilFriday'), 'commands.helpOoo'),
    row(shownAs('stats', words.language), 'commands.helpStats'),
    ...(isManager ? [row(words.text('help.statsOfTeam'), 'commands.helpTeam')] : []),
    ...(policy.marketing && readsOf(policy, person)
      ? [row(`${shownAs('sentBack', words.language)} 7d`, 'commands.helpSentBack')]
      : []),
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

function allWords(
  platform: Platform,
  { marketing, suppression, notify, summaries }: Policy,
  words: Words,
): Section[] {
  const about = (verb: Verb, text: Line): Section => ({
    kind: 'text',
    title: typedAs(platform, usageOf(verb, words)),
    text,
  });
  return [
    about('home', words.line('help.home')),
    about('stats', words.line('help.stats')),
    about('why', words.line('help.why')),
    about('opener', words.line('help.opener')),
    ...(marketing ? [about('sentBack', words.line('help.sentBack'))] : []),
    ...(suppression ? [about('suppressions', words.line('help.suppressions'))] : []),
    about('dashboard', words.line('help.dashboard')),
    about('recycled', words.line('help.recycled')),
    about('overturn', words.line('help.overturn')),
    about('ooo', words.line('help.ooo')),
    about('back', words.line('help.back')),
    ...(notify ? [about('notify', words.line('notify.help'))] : []),
    ...(summaries || marketing ? [about('summary', words.line('summaries.help'))] : []),
    about('language', words.line('help.language')),
    about('settings', words.line('help.settings')),
    about('sample', words.line('help.sample')),
    about('help', words.line('help.help')),
    { kind: 'text', title: words.text('help.cardsTitle'), text: words.line('help.cards') },
    { kind: 'text', title: words.text('help.managersTitle'), text: words.line('help.managers') },
  ];
}
