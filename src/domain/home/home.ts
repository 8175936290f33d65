import type { Section } from '../card/card.ts';
import { isLate } from '../card/card-status.ts';
import type { ReplyAction, Row, RowsSection } from '../card/reply-action.ts';
import { openTo, running } from '../handoff/handoff.ts';
import type { LeadId } from '../lead/lead.ts';
import { takersOf, teamsOf } from '../policy/people-of.ts';
import type { PersonId } from '../policy/policy.ts';
import { hoursOf, workZone } from '../policy/working-hours.ts';
import { endOfWork, isWorkingAt, nextWorkingInstant } from '../time/calendar.ts';
import { dateTime, joined, type Line, time } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import { absenceOf, awaitsDecision, boardRows, teamRow } from './board.ts';
import { managedBy, type OpenLead } from './home-facts.ts';
import type { HomeView } from './home-view.ts';
import { byUrgency, claimRow, isDueSoon, ownRow, type Urgency, urgencyOf } from './queue.ts';
import { turnsSection } from './turns.ts';
import { ownWeek, teamWeek } from './week.ts';

/** Somebody's work list, for any chat platform: a page of its own, or an answer. */
export type Home = {
  title: string;
  sections: readonly Section[];
  actions: readonly ReplyAction[];
  /** The leads of which it tells. */
  about: readonly LeadId[];
};

/** So many rows stand in a list, and so many in all of them; the others are counted. */
const rowsMax = 10;
const rowsInAll = 40;

/**
 * What waits for somebody, the most urgent first, each with what they do next; before it, for whoever manages a team, what
 * waits for their decision and who has what.
 * @param whole also what is not due today stands in it line by line
 */
export function homeOf(view: HomeView, { whole = false } = {}): Home {
  const { reader, policy, words, facts } = view;
  const isManager = managedBy(policy, reader).length > 0;
  if (!isManager && !takersOf(policy).includes(reader)) return withoutLeads(words);
  const parts = [
    ...(isManager ? teamSections(view) : []),
    ...ownSections(view, { whole, isManager }),
    ...pastSections(view, isManager),
  ];
  const shown = [...facts.open].filter((lead) => concerns(lead, view));
  return {
    title: words.text(isManager ? 'home.yourTeam' : 'home.yourLeads'),
    sections: cutLists([...onTop(view, isManager), ...parts], words),
    actions: buttons(view),
    about: shown.map(({ lead }) => lead.id),
  };
}

/** What the page of somebody says who is not among the people of the policy. */
export function strangersHome(words: Words): Home {
  const text = words.line('home.stranger');
  return {
    title: words.text('home.strangerTitle'),
    sections: [{ kind: 'text', title: '', text }],
    actions: [],
    about: [],
  };
}

/** What one of the reader's team has, line by line. */
export function leadsOf(rep: PersonId, view: HomeView): Home {
  const { facts, names, words } = view;
  const theirs = byUrgency(facts.open.filter(({ handoff }) => handoff.assignment.rep === rep));
  const list = theirs.map((lead) => teamRow(lead, view));
  return {
    title: words.text('home.leadsOf', { who: names.get(rep) ?? rep }),
    sections: theirs.length > 0 ? cutLists([rows('', list)], words) : [text(words.line('home.nothingOpen'))],
    actions: [{ kind: 'say', words: 'home', label: words.text('home.backHome') }],
    about: theirs.map(({ lead }) => lead.id),
  };
}

/** When the page was made. */
export function asOf(now: Date, words: Words): Section {
  return { kind: 'text', title: '', text: words.line('home.asOf', { at: time(now) }) };
}

/** Admins, and the people of marketing. */
function withoutLeads(words: Words): Home {
  return {
    title: words.text('home.leadHandoffs'),
    sections: [{ kind: 'text', title: '', text: words.line('home.noLeadsForYou') }],
    actions: [{ kind: 'say', words: 'help', label: words.text('home.help') }],
    about: [],
  };
}

function isOwn({ handoff }: OpenLead, { reader }: HomeView): boolean {
  return handoff.assignment.rep === reader;
}

/** Whether its holder, or whoever may claim it, or decides over it, is the reader. */
function concerns(lead: OpenLead, view: HomeView): boolean {
  const { reader, policy } = view;
  const { assignment } = lead.handoff;
  const isManaged = managedBy(policy, reader).some(({ members }) =>
    members.some(({ id }) => id === assignment.rep),
  );
  return isOwn(lead, view) || isManaged || mayClaim(lead, view) || awaitsDecision(lead, view);
}

function mayClaim(lead: OpenLead, view: HomeView): boolean {
  return !isOwn(lead, view) && openTo(lead.handoff).includes(view.reader) && !awaitsDecision(lead, view);
}

/** The numbers, and whether the reader is there to change them. */
function onTop(view: HomeView, isManager: boolean): Section[] {
  const away = absenceSection(view);
  return [{ kind: 'text', title: '', text: joined(numbers(view, isManager), ' · ') }, ...away];
}

/** How many of the reader's own leads wait, are due soon, late and asleep; what there is none of is left out. */
export function ownNumbers(view: HomeView): Line[] {
  const { facts, words } = view;
  const { waiting, soon, late } = counted(
    facts.open.filter((lead) => isOwn(lead, view)),
    view,
  );
  return [
    ...unlessNone('home.waiting', waiting, words),
    ...unlessNone('home.dueSoon', soon, words),
    ...unlessNone('home.late', late, words),
    ...unlessNone('home.sleeping', facts.sleeping, words),
  ];
}

function numbers(view: HomeView, isManager: boolean): Line[] {
  const { facts, policy, reader, words } = view;
  if (!isManager) {
    const isWaited = facts.open.some((lead) => isOwn(lead, view) && lead.handoff.status === 'offered');
    return [...(isWaited ? [] : [words.line('home.waiting', { count: 0 })]), ...ownNumbers(view)];
  }
  const concerned = facts.open.filter((lead) => concerns(lead, view));
  const { soon, late } = counted(concerned, view);
  const members = managedBy(policy, reader).flatMap((team) => team.members);
  const away = new Set(members.filter(({ id }) => absenceOf(id, view)).map(({ id }) => id)).size;
  const toDecide = concerned.filter((lead) => awaitsDecision(lead, view)).length;
  return [
    words.line('home.toDecide', { count: toDecide }),
    ...unlessNone('home.dueSoon', soon, words),
    ...unlessNone('home.late', late, words),
    words.line('home.open', { count: concerned.length }),
    ...unlessNone('home.away', away, words),
  ];
}

function counted(leads: readonly OpenLead[], { now }: HomeView) {
  return {
    waiting: leads.filter(({ handoff }) => handoff.status === 'offered').length,
    soon: leads.filter((lead) => isDueSoon(lead, now)).length,
    late: leads.filter(({ handoff }) => isLate(handoff)).length,
  };
}

function unlessNone(key: NumberKey, count: number, words: Words): Line[] {
  return count > 0 ? [words.line(key, { count })] : [];
}

type NumberKey = `home.${'waiting' | 'dueSoon' | 'late' | 'sleeping' | 'away'}`;

function absenceSection(view: HomeView): Section[] {
  const { reader, words } = view;
  const away = absenceOf(reader, view);
  if (!away) return [];
  const text = away.until
    ? words.line('home.youAreAway', { until: dateTime(away.until) })
    : words.line('home.youAreAwayOpenEnded');
  return [{ kind: 'text', title: '', text }];
}

/** What waits for the manager's decision, what is about to, and who has what. */
function teamSections(view: HomeView): Section[] {
  const { facts, words, now } = view;
  const others = byUrgency(facts.open.filter((lead) => !isOwn(lead, view) && concerns(lead, view)));
  const toDecide = others.filter((lead) => awaitsDecision(lead, view));
  const isTarget = ({ handoff }: OpenLead) => running(handoff) !== null;
  const soon = others.filter((lead) => !toDecide.includes(lead) && isTarget(lead) && isDueSoon(lead, now));
  const rowsOf = (leads: readonly OpenLead[]) => leads.map((lead) => teamRow(lead, view));
  return [
    ...(toDecide.length > 0
      ? [rows(words.text('home.decideTitle', { count: toDecide.length }), rowsOf(toDecide))]
      : [text(words.line('home.teamIsFine'))]),
    ...(soon.length > 0 ? [rows(words.text('home.soonTitle', { count: soon.length }), rowsOf(soon))] : []),
    rows(words.text('home.boardTitle'), boardRows(view)),
  ];
}

const titles = {
  own: { now: 'home.nowTitle', today: 'home.todayTitle', later: 'home.laterTitle' },
  managers: { now: 'home.ownNowTitle', today: 'home.ownTodayTitle', later: 'home.ownLaterTitle' },
} as const;

/** The reader's own leads, those that they may take first of all. */
function ownSections(
  view: HomeView,
  { whole, isManager }: { whole: boolean; isManager: boolean },
): Section[] {
  const { facts, words } = view;
  const claimable = byUrgency(facts.open.filter((lead) => mayClaim(lead, view)));
  const own = byUrgency(facts.open.filter((lead) => isOwn(lead, view)));
  const byDay = Map.groupBy(own, (lead) => urgencyOf(lead, view));
  const titlesOf = titles[isManager ? 'managers' : 'own'];
  const listed = (urgency: Urgency): Section[] => {
    const leads = byDay.get(urgency) ?? [];
    if (leads.length === 0) return [];
    const title = words.text(titlesOf[urgency], { count: leads.length });
    const isFolded = urgency === 'later' && !whole;
    return [rows(title, isFolded ? [folded(leads.length, words)] : leads.map((lead) => ownRow(lead, view)))];
  };
  const sections = [
    ...(claimable.length > 0
      ? [
          rows(
            words.text('home.claimTitle', { count: claimable.length }),
            claimable.map((lead) => claimRow(lead, view)),
          ),
        ]
      : []),
    ...(['now', 'today', 'later'] as const).flatMap(listed),
  ];
  if (isFirstDay(view)) return [firstDay(words, isManager)];
  return sections.length > 0 || isManager ? sections : [text(nothingWaits(view))];
}

/** Nothing has ever come to the reader, nor lately to their team. */
function isFirstDay({ facts }: HomeView): boolean {
  return !facts.hadAny && facts.open.length === 0 && facts.past.length === 0;
}

function folded(count: number, words: Words): Row {
  const show: ReplyAction = { kind: 'say', words: 'queue all', label: words.text('home.showAll') };
  return { text: words.line('home.laterFolded', { count }), actions: [show] };
}

/** And when that is going to change. */
function nothingWaits(view: HomeView): Line {
  const { reader, policy, words, now } = view;
  const nothing = words.line('home.nothingWaits');
  if (absenceOf(reader, view) || workZone(policy, reader) === null) return nothing;
  const hours = hoursOf(policy, reader);
  const until = endOfWork(hours, now);
  if (until) return joined([nothing, words.line('home.atWorkUntil', { at: time(until) })], ' ');
  if (isWorkingAt(hours, now)) return nothing;
  return joined(
    [nothing, words.line('home.backAtWork', { at: dateTime(nextWorkingInstant(hours, now)) })],
    ' ',
  );
}

function firstDay(words: Words, isManager: boolean): Section {
  return {
    kind: 'text',
    title: words.text('home.whatComesTitle'),
    text: words.line(isManager ? 'home.whatComesTeam' : 'home.whatComes'),
  };
}

/** The week, and the turns. */
function pastSections(view: HomeView, isManager: boolean): Section[] {
  const { reader, policy } = view;
  const managed = managedBy(policy, reader);
  const turns = teamsOf(policy, reader).flatMap((team) => turnsSection(team, view) ?? []);
  if (isFirstDay(view)) return turns;
  return [...(isManager ? managed.map((team) => teamWeek(team, view)) : [ownWeek(view)]), ...turns];
}

function buttons(view: HomeView): ReplyAction[] {
  const { reader, policy, words } = view;
  const isAway = absenceOf(reader, view) !== null;
  const absence: ReplyAction = isAway
    ? { kind: 'say', words: 'back', label: words.text('home.imBack'), primary: true }
    : { kind: 'say', words: 'ooo', label: words.text('home.awayButton') };
  const sample: ReplyAction = { kind: 'say', words: 'sample', label: words.text('home.sendSample') };
  return [
    ...(isFirstDay(view) ? [{ ...sample, ...(!isAway && { primary: true as const }) }] : []),
    ...(takersOf(policy).includes(reader) ? [absence] : []),
    { kind: 'say', words: 'settings', label: words.text('home.settings') },
  ];
}

function text(line: Line): Section {
  return { kind: 'text', title: '', text: line };
}

function rows(title: string, all: readonly Row[]): RowsSection {
  return { kind: 'rows', title, rows: all };
}

/** The lists that come first have their rows before the others. */
function cutLists(sections: readonly Section[], words: Words): Section[] {
  let left = rowsInAll;
  return sections.map((section) => {
    if (section.kind !== 'rows') return section;
    const shown = section.rows.slice(0, Math.min(rowsMax, left));
    left -= shown.length;
    const count = section.rows.length - shown.length;
    if (count === 0) return section;
    const more: Row = { text: words.line('home.andMore', { count }), actions: [] };
    return { ...section, rows: [...shown, more] };
  });
}
