import { askedUntil, hasMeeting, isLate, leftAloneUntil } from '../../domain/card/card-status.ts';
import { type Handoff, running } from '../../domain/handoff/handoff.ts';
import { byUrgency, dueOf } from '../../domain/home/queue.ts';
import { reachOf, readsPeople } from '../../domain/measure/reader.ts';
import { dateTime } from '../../domain/words/line.ts';
import { countCell, textCell } from '../dashboard/cells.ts';
import { sightFor } from '../dashboard/filters.ts';
import { leadCells } from '../dashboard/lead-names.ts';
import { nameOn } from '../dashboard/names.ts';
import { type Asked, anybody, type Page } from '../dashboard/page.ts';
import type { Cell } from '../ports/dashboard.ts';

/** More waits only where nobody looks. */
const most = 300;

/** What sales has now, the most urgent first. */
export const live: Page = {
  isFor: anybody,
  filters: ['team', 'rep', 'trigger', 'source'],
  read: async (asked, { lists, handoffs }) => {
    const { visit, filters, now } = asked;
    const { words, reader } = visit;
    const ids = await lists.open(sightFor(filters, { from: now, until: now }, reachOf(reader)), most);
    const open = byUrgency(await handoffs.views(ids));
    const leadCell = await leadCells(
      open.map(({ lead }) => lead.id),
      asked,
      { handoffs },
    );
    const withPeople = readsPeople(reader);
    const column = (key: 'lead' | 'rep' | 'trigger' | 'how' | 'due' | 'since') => ({
      title: words.text(`dashboard.${key}`),
    });
    const isWaiting = ({ status }: Handoff) => status === 'offered';
    const counted = (key: 'stillOpen' | 'toAnswer' | 'lateNow', count: number) => ({
      ...{
        label: words.text(`dashboard.${key}`),
        value: countCell(count, words),
        before: null,
        change: null,
      },
      definition: '',
    });
    return [
      {
        ...{ kind: 'figures', title: words.text('dashboard.now') },
        figures: [
          counted('stillOpen', open.length),
          counted('toAnswer', open.filter(({ handoff }) => isWaiting(handoff)).length),
          counted('lateNow', open.filter(({ handoff }) => isLate(handoff)).length),
        ],
      },
      {
        ...{ kind: 'table', name: 'queue', title: words.text('dashboard.queue') },
        columns: [
          column('lead'),
          ...(withPeople ? [column('rep')] : []),
          ...[column('trigger'), column('how'), column('due'), column('since')],
        ],
        rows: open.map((one) => {
          const { handoff } = one;
          const due = dueOf(one);
          return [
            leadCell(handoff.leadId),
            ...(withPeople ? [textCell(nameOn('rep', handoff.assignment.rep, asked))] : []),
            textCell(nameOn('trigger', handoff.trigger, asked)),
            stateCell(handoff, asked),
            timeCell(due),
            timeCell(handoff.assignment.at),
          ];
        }),
        empty: words.text('dashboard.nothingOpen'),
      },
    ];
  },
};

export function timeCell(at: Date | null): Cell {
  return at ? { shown: [dateTime(at)], value: at.toISOString() } : { shown: '–', value: null, tone: 'quiet' };
}

function stateCell(handoff: Handoff, { visit: { words }, now }: Asked): Cell {
  const state = stateOf(handoff, now);
  const isBad = state === 'answerLate' || state === 'touchLate' || state === 'unreachable';
  return { shown: words.text(`dashboard.state_${state}`), ...(isBad && { tone: 'bad' as const }) };
}

function stateOf(handoff: Handoff, now: Date) {
  const ticking = running(handoff);
  if (!ticking) return hasMeeting(handoff) ? 'meeting' : 'working';
  if (handoff.unreachable) return 'unreachable';
  const isAnswer = ticking.clock === 'acknowledge';
  if (isLate(handoff)) return isAnswer ? 'answerLate' : 'touchLate';
  if (askedUntil(handoff, now)) return 'asked';
  if (leftAloneUntil(handoff, now)) return 'asleep';
  return isAnswer ? 'toAnswer' : 'toTouch';
}
