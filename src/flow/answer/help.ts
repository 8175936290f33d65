import type { Section } from '../../domain/card/card.ts';
import type { ReplyAction, Row } from '../../domain/card/reply-action.ts';
import { turnsSection } from '../../domain/home/turns.ts';
import { nameOf } from '../../domain/lead/who-is.ts';
import { teamOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { line } from '../../domain/words/line.ts';
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

function allWords(platform: Platform, { marketing, suppression, notify }: Policy, speak: Words): Section[] {
  const about = (words: string, text: string): Section => ({
    kind: 'text',
    title: typedAs(platform, words),
    text: line`${text}`,
  });
  return [
    about(usage.home, 'What waits for you, the most urgent first, with a button for each.'),
    about(usage.stats, "Speed and quality of your own or your team's handoffs."),
    about(
      usage.why,
      'Why a lead came to whom it came, or to nobody. By email, HubSpot id, or three letters of the name and more.',
    ),
    ...(marketing
      ? [
          about(
            usage['sent-back'],
            'For marketing, managers and admins: what sales sent back, and why, by source and campaign.',
          ),
        ]
      : []),
    ...(suppression
      ? [about(usage.suppressions, 'For which of your leads nurture is paused, and until when at most.')]
      : []),
    about(
      usage.recycled,
      'Which leads went back to nurture because their time had not come, and until when.',
    ),
    about(usage.overturn, 'For managers: a lead that was sent back goes on where it was.'),
    about(
      usage.ooo,
      'No leads for you until then: today, tomorrow 14:00, friday, 3 days, Dec 24, or 12/24 - 1/2. Without a time it lasts until you say that you are back. You are asked first.',
    ),
    about(usage.back, 'You take leads again.'),
    ...(notify ? [about(usage.notify, speak.text('notify.help'))] : []),
    about(usage.settings, 'Where your cards come, and when you are at work.'),
    about(usage.sample, 'A card to look at; nothing that you do on it has an effect.'),
    about(usage.help, 'This list.'),
    {
      kind: 'text',
      title: 'On the cards',
      text: line`Accept says that you take the lead. Log a Touch says that you reached out; a call or an email in HubSpot does as well. Disqualify sends it back with the reason. Snooze keeps the reminders away, twice at most. Hand Back gives it to somebody else at once. Claim takes a lead that was offered to your team.`,
    },
    {
      kind: 'text',
      title: "On a manager's cards",
      text: line`Reassign, Take It and Allow More Time decide what becomes of a lead that waits. Nudge asks its rep to look at it.`,
    },
  ];
}
