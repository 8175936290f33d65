import { titlesOf } from '../lead/conversion.ts';
import type { Activity } from '../lead/lead.ts';
import { type Fact, known, type Once, type Source } from './fact.ts';
import { pageName, pathOf } from './page-name.ts';
import type { BriefingView } from './view.ts';

const mostMoments = 20;

/** What else happened between the lead and us, newest first: forms, pages, each once, and what stands on the record. */
export function moments(view: BriefingView, told: readonly Fact[], once: Once): Fact[] {
  const isTold = new Set(told.map(({ source }) => keyOf(source)));
  const all = [...forms(view), ...pages(view), ...activities(view)]
    .filter(({ source }) => !isTold.has(keyOf(source)))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return known(all.map(once)).slice(0, mostMoments);
}

type Moment = Fact & { at: Date };

/** The same page, form or record, however it is written. */
function keyOf(source: Source): string {
  switch (source.kind) {
    case 'page':
      return `page ${pathOf({ url: source.address })}`;
    case 'form':
      return `form ${source.name}`;
    case 'activity':
      return `activity ${source.id}`;
    default:
      return source.kind;
  }
}

function forms({ lead, words }: BriefingView): Moment[] {
  return lead.conversions.map((sent) => ({
    label: '',
    value: words.text('briefing.filledIn', { form: titlesOf(sent).form }),
    at: sent.at,
    source: { kind: 'form', name: sent.name },
  }));
}

function pages({ lead, words }: BriefingView): Moment[] {
  return [...Map.groupBy(lead.pages, pathOf)].flatMap(([, [page, ...others]]) => {
    if (!page) return [];
    const value = words.text('briefing.lookedAt', { page: pageName(page), count: others.length + 1 });
    return { label: '', value, at: page.at, source: { kind: 'page', address: page.url } };
  });
}

function activities({ lead, words }: BriefingView): Moment[] {
  return lead.activities.map((activity) => {
    const { id, title, at } = activity;
    const what = words.text(didWhat(activity));
    return {
      label: '',
      value: title ? `${what}: ${title}` : what,
      at,
      source: { kind: 'activity', id },
    };
  });
}

function didWhat({ kind, direction }: Activity) {
  return direction === 'inbound' ? inbound[kind] : usual[kind];
}

const usual = {
  call: 'briefing.call',
  email: 'briefing.mail',
  meeting: 'briefing.meeting',
  message: 'briefing.message',
  note: 'briefing.note',
  task: 'briefing.task',
} as const;

const inbound = {
  ...usual,
  call: 'briefing.calledUs',
  email: 'briefing.wroteToUs',
  message: 'briefing.messagedUs',
} as const;
