import type { Section } from '../domain/card.ts';
import { type PersonId, type Platform, type Policy, teamOf } from '../domain/policy.ts';
import { type HandoffFacts, measure, type Spread, type Stats } from '../domain/stats.ts';
import { line } from '../domain/text.ts';
import type { Identify } from './identify.ts';
import type { AnswerCommand, Clock, Handoffs, Reply } from './ports.ts';

type Needs = { handoffs: Handoffs; identify: Identify; policy: () => Policy; clock: Clock };

const periods = { '7d': 7, '30d': 30, '90d': 90 } as const;
type Period = keyof typeof periods;

/** A command as people type it: behind a slash command in Slack, as a message in Teams. */
function typed(platform: Platform, words: string): string {
  return platform === 'slack' ? `/handoff ${words}` : words;
}

const statsUsage = 'stats [me|team] [7d|30d|90d]';

/** Answers what somebody asks in words. */
export function answerCommand(needs: Needs): AnswerCommand {
  return async ({ platform, userId, text }) => {
    const [verb = 'help', ...rest] = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const unknown = (what: string) => notUnderstood(what, platform);
    if (verb === 'help') return help(platform);
    if (verb !== 'stats') return unknown(`I do not know "${verb}".`);

    const asked = readStatsWords(rest);
    if ('wrong' in asked) return unknown(`I do not understand "${asked.wrong}".`);
    const person = await needs.identify(platform, userId);
    if (!person) return unknown('You are not among the people of this handoff policy.');
    const team = teamOf(needs.policy(), person);
    if (asked.scope === 'team' && !team)
      return unknown(`You are in no team of the policy. Try: ${typed(platform, 'stats me')}.`);
    return stats(person, asked.scope, asked.period, needs);
  };
}

function readStatsWords(
  words: readonly string[],
): { scope: 'me' | 'team'; period: Period } | { wrong: string } {
  let scope: 'me' | 'team' = 'me';
  let period: Period = '30d';
  for (const word of words) {
    if (word === 'me' || word === 'team') scope = word;
    else if (Object.hasOwn(periods, word)) period = word as Period;
    else return { wrong: word };
  }
  return { scope, period };
}

async function stats(person: PersonId, scope: 'me' | 'team', period: Period, needs: Needs): Promise<Reply> {
  const policy = needs.policy();
  const now = needs.clock();
  const from = new Date(now.getTime() - periods[period] * 86_400_000);
  const facts = await needs.handoffs.facts(from, now);
  const team = teamOf(policy, person);
  const mine = (fact: HandoffFacts) => (scope === 'me' ? fact.rep === person : fact.team === team?.name);
  const title = `${scope === 'me' ? 'Your handoffs' : team?.name}, last ${periods[period]} days`;
  return { title, sections: sectionsOf(measure(facts.filter(mine)), policy) };
}

function sectionsOf(stats: Stats, policy: Policy): Section[] {
  if (stats.handoffs === 0) {
    return [
      {
        kind: 'text',
        title: 'Nothing yet',
        text: line`No handoffs in this period. They appear as leads qualify.`,
      },
    ];
  }
  const labelOf = (name: string) =>
    policy.disqualifyReasons.find((reason) => reason.name === name)?.label ?? name;
  const reasons = stats.reasons.map(({ reason, count }) => `${labelOf(reason)} ${count}`).join(', ');
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'Handoffs', value: String(stats.handoffs) },
        { label: 'Within SLA', value: percent(stats.withinSla) },
        { label: 'Time to acknowledge', value: spreadWords(stats.toAcknowledge) },
        { label: 'Time to first touch', value: spreadWords(stats.toFirstTouch) },
        { label: 'Accepted', value: percent(stats.accepted) },
        { label: 'Disqualified because', value: reasons || 'none' },
      ],
    },
  ];
}

function spreadWords(spread: Spread | null): string {
  if (!spread) return 'none yet';
  return `median ${duration(spread.medianMinutes)}, p90 ${duration(spread.p90Minutes)} (${spread.count})`;
}

function duration(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  if (minutes < 60) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

function percent(share: number | null): string {
  return share === null ? 'none yet' : `${Math.round(share * 100)} %`;
}

function help(platform: Platform): Reply {
  return { title: 'What you can ask', sections: helpSections(platform) };
}

/** What can be asked, and what the buttons of the cards mean. */
export function helpSections(platform: Platform): Section[] {
  return [
    {
      kind: 'text',
      title: typed(platform, statsUsage),
      text: line`Speed and quality of your own or your team's handoffs.`,
    },
    { kind: 'text', title: typed(platform, 'help'), text: line`This list.` },
    {
      kind: 'text',
      title: 'On the cards',
      text: line`Accept says that you take the lead. Log a Touch says that you reached out. Disqualify sends it back with the reason.`,
    },
  ];
}

function notUnderstood(what: string, platform: Platform): Reply {
  const tries = line`${typed(platform, statsUsage)} or ${typed(platform, 'help')}`;
  return { title: what, sections: [{ kind: 'text', title: 'Try', text: tries }] };
}
