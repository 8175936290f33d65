import type { Activity, Lead, PageView } from './lead.ts';
import { nameOf } from './who-is.ts';

export { whoIs } from './who-is.ts';

/** What a rep must know before the first call: facts in order of weight, no markup. */
export type Briefing = {
  who: string;
  company: string | null;
  facts: readonly Fact[];
  /** The last five things that happened between the lead and us, newest first. */
  recent: readonly Moment[];
  summary: string;
};

export type Fact = { label: string; value: string };

export type Moment = { at: Date; text: string };

const recentMoments = 5;
const keyPages = 3;

/** A path with one of these shows that a decision is near; the strongest first. Whole words: "demographics" is no "demo". */
const decisionPages = [
  /(?<![a-z])(?:pricing|prices)(?![a-z])/,
  /(?<![a-z])demos?(?![a-z])/,
  /(?<![a-z])(?:compare|comparisons?|vs)(?![a-z])/,
  /(?<![a-z])alternatives?(?![a-z])/,
  /(?<![a-z])roi(?![a-z])/,
  /(?<![a-z])case-stud(?:y|ies)(?![a-z])/,
  /(?<![a-z])customers?(?![a-z])/,
  /(?<![a-z])trials?(?![a-z])/,
];

/**
 * Condenses a lead to what fits between two calls.
 * @param now what "today" and "3 days ago" count from
 * @param touched sales has contacted the lead since it was read from HubSpot
 */
export function brief(lead: Lead, now: Date, { touched = false } = {}): Briefing {
  return {
    who: nameOf(lead),
    company: lead.account?.name ?? null,
    facts: factsOf(lead),
    recent: momentsOf(lead),
    summary: lead.summary ?? summarise(lead, now, touched),
  };
}

function factsOf(lead: Lead): Fact[] {
  const { account, score } = lead;
  const size = account?.employees ? `${account.employees.toLocaleString('en-US')} employees` : null;
  const revenue = account?.revenue ? `${compact(account.revenue)} revenue` : null;
  const components = score?.components.map(({ label, points }) => `${label} ${points}`) ?? [];
  const pages = rankPages(lead.pages).map(pathOf);
  return [
    { label: 'Company', value: join([account?.name, keyInWords(account?.industry ?? null), size, revenue]) },
    { label: 'Role', value: lead.jobTitle ?? '' },
    { label: 'Where', value: join([lead.state, lead.country ?? account?.country], ', ') },
    { label: 'Source', value: join([keyInWords(lead.source.original), lead.source.detail]) },
    {
      label: 'Score',
      value: score ? `${score.value}${components.length > 0 ? ` (${components.join(' + ')})` : ''}` : '',
    },
    { label: 'Key pages', value: pages.join(', ') },
    { label: 'Email', value: lead.email ?? '' },
    { label: 'Phone', value: lead.phone ?? '' },
  ].filter((fact) => fact.value !== '');
}

function momentsOf(lead: Lead): Moment[] {
  const sent = lead.conversions.map(({ name, at }) => ({ at, text: `Sent in "${name}"` }));
  const seen = lead.pages.map((page) => ({ at: page.at, text: `Viewed ${pathOf(page)}` }));
  const done = lead.activities.map((activity) => ({ at: activity.at, text: describe(activity) }));
  return [...sent, ...seen, ...done].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, recentMoments);
}

function describe({ kind, direction, title }: Activity): string {
  const what = {
    call: direction === 'inbound' ? 'Called us' : 'Call',
    email: direction === 'inbound' ? 'Wrote to us' : 'Email',
    meeting: 'Meeting',
    note: 'Note',
    task: 'Task',
    message: direction === 'inbound' ? 'Messaged us' : 'Message',
  }[kind];
  return title ? `${what}: ${title}` : what;
}

/** The facts as two or three sentences, for portals without a summary of their own. */
function summarise(lead: Lead, now: Date, touched: boolean): string {
  const who = join([lead.jobTitle, lead.account?.name], ' at ') || 'Somebody we know little about';
  const from = keyInWords(lead.source.original);
  const visits = lead.visits ? `${lead.visits} ${lead.visits === 1 ? 'visit' : 'visits'}` : null;
  const strongest = rankPages(lead.pages)[0];
  const [sent] = lead.conversions;
  const sentences = [
    `${who}${from ? `, came through ${from.toLowerCase()}` : ''}${visits ? `, ${visits} so far` : ''}.`,
    sent ? `Sent in "${sent.name}" ${ago(sent.at, now)}.` : null,
    strongest && isDecisionPage(strongest)
      ? `Last looked at ${pathOf(strongest)} ${ago(strongest.at, now)}.`
      : null,
    touched ? null : lastContact(lead, now),
  ];
  return sentences.filter((sentence) => sentence !== null && sentence !== undefined).join(' ');
}

function lastContact(lead: Lead, now: Date): string {
  const ours = lead.activities.find((activity) =>
    ['call', 'email', 'meeting', 'message'].includes(activity.kind),
  );
  return ours
    ? `Last contact: ${describe(ours)}, ${ago(ours.at, now)}.`
    : 'Nobody from sales has been in touch yet.';
}

/** Decision-stage pages first, then newest; each path once. */
function rankPages(pages: readonly PageView[]): PageView[] {
  const byPath = new Map<string, PageView>();
  for (const page of pages) if (!byPath.has(pathOf(page))) byPath.set(pathOf(page), page);
  return [...byPath.values()]
    .sort((a, b) => decisionRank(a) - decisionRank(b) || b.at.getTime() - a.at.getTime())
    .slice(0, keyPages);
}

function decisionRank(page: PageView): number {
  const path = pathOf(page).toLowerCase();
  const at = decisionPages.findIndex((word) => word.test(path));
  return at === -1 ? decisionPages.length : at;
}

function isDecisionPage(page: PageView): boolean {
  return decisionRank(page) < decisionPages.length;
}

function pathOf({ url }: PageView): string {
  const parsed = URL.parse(url);
  return parsed ? parsed.pathname : url;
}

function ago(at: Date, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - at.getTime()) / 60_000));
  if (minutes < 2) return 'just now';
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} ${hours === 1 ? 'hour' : 'hours'} ago`;
  const days = Math.round(hours / 24);
  return `${days} ${days === 1 ? 'day' : 'days'} ago`;
}

/** HubSpot's keys, such as PAID_SEARCH, as words. */
export function keyInWords(key: string | null): string {
  if (!key) return '';
  const lower = key.replaceAll('_', ' ').toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

function join(parts: readonly (string | null | undefined)[], separator = ' · '): string {
  return parts.filter(Boolean).join(separator);
}

function compact(amount: number): string {
  return new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 }).format(amount);
}
