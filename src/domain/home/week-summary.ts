import type { Section } from '../card/card.ts';
import { isLate } from '../card/card-status.ts';
import type { Row } from '../card/reply-action.ts';
import type { Lead } from '../lead/lead.ts';
import { whoIs } from '../lead/who-is.ts';
import { figureFacts, sentBackLine, wentLine } from '../measure/figure-words.ts';
import type { Tally } from '../measure/tally.ts';
import { askedAs, type Compared, datesInWords } from '../time/reported-period.ts';
import { bold, dateTime, joined, type Line } from '../words/line.ts';
import type { Why } from '../words/reason.ts';
import { whyLine } from '../words/why.ts';
import { awayRows, teamRow } from './board.ts';
import { managedBy } from './home-facts.ts';
import type { HomeView } from './home-view.ts';
import type { Summary } from './morning-summary.ts';
import { byUrgency } from './queue.ts';

/** What a manager's summary is made from. `held`: those that somebody can do something about, the longest first. */
export type WeekFacts = {
  week: Compared;
  /** Of its dates. */
  zone: string;
  tally: Tally;
  before: Tally;
  sentBack: readonly { reason: string | null; count: number }[];
  held: readonly { lead: Lead; since: Date; because: Why }[];
};

/** More than that nobody looks at on a Monday morning. */
const thingsMax = 3;

/**
 * What the week of a manager's teams was like, against the one before, and what to look at.
 * @returns null when there was no lead in both, and there is nothing to look at
 */
export function weekSummary(facts: WeekFacts, view: HomeView): Summary | null {
  const { week, zone, tally, before, sentBack } = facts;
  const { reader, policy, words } = view;
  const things = toLookAt(facts, view);
  if (tally.handoffs + before.handoffs + things.length === 0) return null;
  const whose = words.list(managedBy(policy, reader).map(({ name }) => name));
  const figures = figureFacts(['answeredInTime', 'toTouch', 'meetings', 'deals'], tally, before, words);
  const leads = words.text('stats.leads', { count: tally.handoffs });
  return {
    bulletin: {
      language: words.language,
      title: words.text('summaries.week', { whose, dates: datesInWords(week.period, zone, words.language) }),
      text: words.line('summaries.weekText', {
        leads,
        before: before.handoffs.toLocaleString(words.language),
      }),
      items: [],
      sections: [
        ...lookAt(
          things.map(({ row }) => row),
          view,
        ),
        ...(tally.handoffs > 0 ? [{ kind: 'facts' as const, facts: figures }] : []),
        ...[wentLine(tally, words), sentBackLine(sentBack, policy, words)].flatMap(textOf),
      ],
      actions: [
        {
          kind: 'say',
          words: `stats team ${askedAs(week.period, zone)} by rep`,
          label: words.text('summaries.byRep'),
        },
        { kind: 'say', words: 'summary', label: words.text('summaries.change') },
      ],
    },
    about: things.flatMap(({ lead }) => lead?.id ?? []),
  };
}

type Thing = { row: Row; lead: Lead | null };

/** One of each kind before a second of any: what is late longest, what is held longest, whose leads nobody works on. */
function toLookAt({ held }: WeekFacts, view: HomeView): Thing[] {
  const { facts, policy, reader } = view;
  const team = new Set(managedBy(policy, reader).flatMap(({ members }) => members.map(({ id }) => id)));
  const late = byUrgency(
    facts.open.filter(({ handoff }) => isLate(handoff) && team.has(handoff.assignment.rep)),
  ).map((one): Thing => ({ row: teamRow(one, view), lead: one.lead }));
  const waiting = heldThing(held, view);
  const away = awayRows(view).map((row): Thing => ({ row, lead: null }));
  return [...late.slice(0, 1), ...waiting, ...away.slice(0, 1), ...late.slice(1), ...away.slice(1)].slice(
    0,
    thingsMax,
  );
}

function heldThing(held: WeekFacts['held'], { words }: HomeView): Thing[] {
  const [first, ...others] = held;
  if (!first) return [];
  const { lead, since, because } = first;
  const detail: Line[] = [
    words.line('summaries.held', { since: dateTime(since), why: whyLine(because, words) }),
    ...(others.length > 0 ? [words.line('summaries.heldMore', { count: others.length })] : []),
  ];
  const row: Row = {
    tone: 'waiting',
    text: [bold(whoIs(lead))],
    detail: joined(detail, ' · '),
    actions: [{ kind: 'say', words: `why ${lead.id}`, label: words.text('summaries.why') }],
  };
  return [{ row, lead }];
}

function lookAt(rows: readonly Row[], { words }: HomeView): Section[] {
  return rows.length > 0
    ? [{ kind: 'rows', title: words.text('summaries.toLookAt'), rows }]
    : textOf(words.line('summaries.fine'));
}

function textOf(text: Line | null): Section[] {
  return text ? [{ kind: 'text', title: '', text }] : [];
}
