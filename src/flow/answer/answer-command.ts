import type { Section } from '../../domain/card/card.ts';
import { strangersHome } from '../../domain/home/home.ts';
import { teamsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { line } from '../../domain/words/line.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import type { AnswerCommand, Reply } from '../ports/chat.ts';
import { sendSample } from '../show/sample.ts';
import { ooo } from './absence.ts';
import type { AbsenceNeeds } from './absence-needs.ts';
import { comeBack } from './come-back.ts';
import { explain } from './explain.ts';
import { home, settings } from './home.ts';
import { notifyAs } from './notify.ts';
import { overturnByName } from './overturn.ts';
import { recycled } from './recycled.ts';
import { readStatsWords, stats } from './report.ts';
import { sentBack } from './sent-back.ts';
import { pausesFor } from './suppressions.ts';

type Needs = { identify: Identify } & Parameters<typeof stats>[2] &
  Parameters<typeof sentBack>[2] &
  Parameters<typeof recycled>[1] &
  Parameters<typeof overturnByName>[2] &
  AbsenceNeeds &
  Parameters<typeof pausesFor>[1] &
  Parameters<typeof home>[2] &
  Parameters<typeof sendSample>[1] &
  Parameters<typeof explain>[2];

const usage = {
  home: 'home',
  queue: 'queue [all]',
  stats: 'stats [me|team] [7d|30d|90d]',
  why: 'why <lead>',
  'sent-back': 'sent-back [7d|2026-11-23..2026-11-29]',
  suppressions: 'suppressions',
  recycled: 'recycled',
  overturn: 'overturn <lead>',
  ooo: 'ooo [until]',
  back: 'back',
  notify: 'notify [mail after 30 min]',
  settings: 'settings',
  sample: 'sample',
  help: 'help',
} as const;

/** A command as people type it: behind a slash command in Slack, as a message in Teams. */
function typed(platform: Platform, words: string): string {
  return platform === 'slack' ? `/handoff ${words}` : words;
}

/** Answers what somebody asks in words. */
export function answerCommand(needs: Needs): AnswerCommand {
  return async ({ platform, userId, text }) => {
    const [verb = 'home', ...rest] = text.trim().split(/\s+/).filter(Boolean);
    const unknown = (what: string) => notUnderstood(what, platform);
    const word = verb.toLowerCase();
    if (word === 'help') {
      return { title: 'What you can ask', sections: helpSections(platform, needs.policy()) };
    }
    if (!Object.hasOwn(usage, word)) return unknown(`I do not know "${verb}".`);
    const person = await needs.identify(platform, userId);
    if (!person && word === 'home') return strangersHome(wordsIn('en'));
    if (!person) return unknown('You are not among the people of this handoff policy.');
    const answer = await answerOf(word as keyof typeof usage, rest, person, needs);
    return 'wrong' in answer ? unknown(answer.wrong) : answer;
  };
}

async function answerOf(
  word: keyof typeof usage,
  rest: readonly string[],
  person: PersonId,
  needs: Needs,
): Promise<Reply | { wrong: string }> {
  switch (word) {
    case 'stats': {
      const asked = readStatsWords(rest.map((one) => one.toLowerCase()));
      if ('wrong' in asked) return { wrong: `I do not understand "${asked.wrong}".` };
      if (asked.scope === 'team' && teamsOf(needs.policy(), person).length === 0)
        return { wrong: 'You are in no team of the policy.' };
      return stats(person, asked, needs);
    }
    case 'why':
      return explain(rest.join(' '), { person, policy: needs.policy() }, needs);
    case 'sent-back':
      return sentBack(person, rest, needs);
    case 'suppressions':
      return pausesFor(person, needs);
    case 'recycled':
      return recycled(person, needs);
    case 'overturn':
      return overturnByName(person, rest.join(' '), needs);
    case 'ooo':
      return ooo(person, rest.join(' '), wordsIn('en'), needs);
    case 'back':
      return comeBack(person, wordsIn('en'), needs);
    case 'home':
    case 'queue':
      return home(person, rest.join(' '), needs);
    case 'notify':
      return notifyAs(person, rest.join(' '), wordsIn('en'), needs);
    case 'settings':
      return settings(person, needs.policy());
    case 'sample':
      return sendSample(person, needs);
    case 'help':
      return { wrong: 'Which?' };
    default:
      return word satisfies never;
  }
}

/** What can be asked, and what the buttons of the cards mean. */
export function helpSections(platform: Platform, { marketing, suppression, notify }: Policy): Section[] {
  const about = (words: string, text: string): Section => ({
    kind: 'text',
    title: typed(platform, words),
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
    ...(notify ? [about(usage.notify, wordsIn('en').text('notify.help'))] : []),
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
      text: line`Reassign, Take It and Give Grace decide what becomes of a lead that waits. Ping asks its rep to look at it.`,
    },
  ];
}

function notUnderstood(what: string, platform: Platform): Reply {
  const tries = line`${typed(platform, usage.stats)} or ${typed(platform, usage.help)}`;
  return { title: what, sections: [{ kind: 'text', title: 'Try', text: tries }] };
}
