import type { Activity } from '../lead/lead.ts';
import { oneLine } from '../words/line.ts';
import { type Fact, known, type Once, type Source } from './fact.ts';
import { formName } from './form-name.ts';
import { pageName, pathOf } from './page-name.ts';
import type { BriefingView } from './view.ts';

const mostMoments = 20;
const mostQuoted = 110;

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
    label: words.text('briefing.form'),
    value: formName(sent),
    at: sent.at,
    source: { kind: 'form', name: sent.name },
  }));
}

function pages({ lead, words }: BriefingView): Moment[] {
  return [...Map.groupBy(lead.pages, pathOf)].flatMap(([, [page, ...others]]) => {
    if (!page) return [];
    const value = words.text('briefing.seen', { page: pageName(page), count: others.length + 1 });
    const source: Source = { kind: 'page', address: page.url };
    return { label: words.text('briefing.aPage'), value, at: page.at, source };
  });
}

function activities({ lead, words }: BriefingView): Moment[] {
  return lead.activities.map((activity) => {
    const { id, title, text, at } = activity;
    const what = words.text(didWhat(activity));
    const about = title.trim() || oneLine(text ?? '', mostQuoted);
    const source: Source = { kind: 'activity', id };
    return about ? { label: what, value: about, at, source } : { label: '', value: what, at, source };
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
  email: 'briefing.wroteUs',
  message: 'briefing.messagedUs',
} as const;
