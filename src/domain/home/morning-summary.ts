import type { Bulletin } from '../card/bulletin.ts';
import type { RowsSection } from '../card/reply-action.ts';
import { running } from '../handoff/handoff.ts';
import type { LeadId } from '../lead/lead.ts';
import { whoIs } from '../lead/who-is.ts';
import { joined, type Line } from '../words/line.ts';
import { ownNumbers } from './home.ts';
import type { OpenLead } from './home-facts.ts';
import type { HomeView } from './home-view.ts';
import { byUrgency, ownRow, urgencyOf } from './queue.ts';

/** A message that comes by itself, and of which leads it tells. */
export type Summary = { bulletin: Bulletin; about: readonly LeadId[] };

/** As many rows as a phone shows in a few swipes. */
const rowsMax = 10;
const namesMax = 5;
const noonMinute = 720;

/**
 * What waits for somebody today, the most urgent first, each with what they do next; and what slept and has woken.
 * @param minute when it comes, after midnight
 * @returns null when nothing waits
 */
export function morningSummary(view: HomeView, minute: number): Summary | null {
  const { reader, facts, words, names } = view;
  const own = byUrgency(facts.open.filter(({ handoff }) => handoff.assignment.rep === reader));
  const lists = Map.groupBy(own, (lead) => listOf(lead, view));
  const shown = (['now', 'today', 'woke'] as const).flatMap((list) => lists.get(list) ?? []);
  if (shown.length === 0) return null;
  const title = words.text(minute < noonMinute ? 'summaries.morning' : 'summaries.laterInTheDay', {
    name: firstName(names.get(reader) ?? reader),
    count: shown.length,
  });
  return {
    bulletin: {
      language: words.language,
      title,
      text: joined([...ownNumbers(view), ...wokeLine(own.filter(woke), view)], ' · '),
      items: [],
      sections: (['now', 'today', 'woke'] as const).flatMap((list) => section(list, lists.get(list), view)),
      actions: [
        { kind: 'say', words: 'queue all', label: words.text('summaries.all') },
        { kind: 'say', words: 'summary', label: words.text('summaries.change') },
      ],
    },
    about: shown.map(({ lead }) => lead.id),
  };
}

type List = 'now' | 'today' | 'woke' | 'none';

function listOf(lead: OpenLead, view: HomeView): List {
  const urgency = urgencyOf(lead, view);
  if (urgency !== 'later') return urgency;
  return woke(lead) ? 'woke' : 'none';
}

/** It had gone back to nurture, or its snooze is over; and nobody has reached out since. */
function woke({ handoff }: OpenLead): boolean {
  if (!running(handoff)) return false;
  return handoff.back?.outcome === 'recycled' || (handoff.snoozes > 0 && handoff.snoozedUntil === null);
}

const titles = { now: 'home.nowTitle', today: 'home.todayTitle', woke: 'summaries.wokeTitle' } as const;

function section(list: keyof typeof titles, leads: readonly OpenLead[] = [], view: HomeView): RowsSection[] {
  if (leads.length === 0) return [];
  const { words } = view;
  const rows = leads.slice(0, rowsMax).map((lead) => ownRow(lead, view));
  const left = leads.length - rows.length;
  const more = left > 0 ? [{ text: words.line('home.andMore', { count: left }), actions: [] }] : [];
  return [
    { kind: 'rows', title: words.text(titles[list], { count: leads.length }), rows: [...rows, ...more] },
  ];
}

function wokeLine(leads: readonly OpenLead[], { words }: HomeView): Line[] {
  if (leads.length === 0) return [];
  const who = words.list(leads.slice(0, namesMax).map(({ lead }) => whoIs(lead)));
  return [words.line('summaries.woke', { count: leads.length, who })];
}

function firstName(name: string): string {
  return name.split(/[ @.]/, 1)[0] ?? name;
}
