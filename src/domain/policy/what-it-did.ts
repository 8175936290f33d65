import { titlesOf } from '../lead/conversion.ts';
import type { Lead, PageView } from '../lead/lead.ts';
import type { Reason } from '../words/reason.ts';
import { comparable, containsWords } from './compare-words.ts';
import type { Facts, Finding } from './facts.ts';
import { inRange, type Range } from './range.ts';

/** Words in the title of a form or meeting page, or in that of the page that it is on. */
export type SentIn = { titleOf: 'form' | 'page'; contains: readonly string[] };

/** Pages with one of the words in their address, so often, all within a time. */
export type PagesSeen = { contains: readonly string[]; times: number; withinMinutes: number };

/** The newest form with one of the words in its title. */
export function conversionSent({ lead, freshFrom }: Facts, { titleOf, contains }: SentIn): Finding {
  const [last, ...before] = lead.conversions;
  if (!last) return { met: false, since: null, found: { kind: 'sentNothing' } };
  const counted = [last, ...before.filter(({ at }) => !freshFrom || at >= freshFrom)];
  const sent = counted.find((one) => {
    const title = titlesOf(one)[titleOf];
    return title !== null && contains.some((words) => containsWords(title, words));
  });
  return {
    met: sent !== undefined,
    since: sent?.at ?? null,
    found: { kind: 'sentIn', ...titlesOf(sent ?? last) },
  };
}

/** The newest form, whichever. */
export function anyConversion({ conversions: [last] }: Lead): Finding {
  return {
    met: last !== undefined,
    since: last?.at ?? null,
    found: last ? { kind: 'sentIn', ...titlesOf(last) } : { kind: 'sentNothing' },
  };
}

/** The newest mail or message of the lead's, as far as HubSpot has it on the record. */
export function replied({ activities }: Lead): Finding {
  const wrote = activities.find(
    ({ kind, direction }) => direction === 'inbound' && (kind === 'email' || kind === 'message'),
  );
  return {
    met: wrote !== undefined,
    since: wrote?.at ?? null,
    found: wrote ? { kind: 'wrote', what: wrote.title } : { kind: 'didNotWrite' },
  };
}

/** The meeting that was booked last, unless it fell through. */
export function meetingBooked({ activities }: Lead): Finding {
  const [booked] = activities
    .filter(({ kind, calledOff, ours }) => kind === 'meeting' && !calledOff && !ours)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const kind = booked ? 'meetingBooked' : 'noMeeting';
  return { met: booked !== undefined, since: booked?.createdAt ?? null, found: { kind } };
}

/**
 * When the score came to be so much more than it was when sales last had the lead, or than it was as long ago as evidence
 * stays fresh. Without a value from then nobody knows.
 */
export function scoreRose({ lead: { score }, spentUntil, freshFrom }: Facts, by: number): Finding {
  if (!score) return { met: false, since: null, found: { kind: 'noScore' } };
  const from = Math.max(Number(spentUntil ?? 0), Number(freshFrom ?? 0));
  const before = score.history.find(({ at }) => at.getTime() <= from);
  if (!before) return { met: false, since: null, found: { kind: 'scoreBeforeUnknown', score: score.value } };
  const found: Reason = { kind: 'scoreRose', score: score.value, before: before.value };
  const isUp = score.value - before.value >= by;
  const since = score.history.findLast(({ value, at }) => at > before.at && value - before.value >= by)?.at;
  return isUp && since ? { met: true, since, found } : { met: false, since: null, found };
}

/**
 * When the score last rose to where the range begins, or the oldest known time that it was as high. Falling into the
 * range from above is no news, nor is a score without a history: nobody knows since when it is so high.
 */
export function scoreReached({ score }: Lead, range: Range): Finding {
  if (!score) return { met: false, since: null, found: { kind: 'noScore' } };
  let since: Date | null = null;
  if (inRange(score.value, range)) {
    for (const entry of score.history) {
      if (entry.value < (range.atLeast ?? Number.NEGATIVE_INFINITY)) break;
      since = entry.at;
    }
  }
  const found: Reason = since
    ? { kind: 'scoreReached', score: score.value, threshold: range.atLeast ?? 0 }
    : { kind: 'scoreIs', score: score.value };
  return { met: since !== null, since, found };
}

export function stageEntered(lead: Lead, stages: readonly string[]): Finding {
  const stage = lead.lifecycleStage;
  if (!stage) return { met: false, since: null, found: { kind: 'noStage' } };
  const wanted = stages.some((name) => comparable(name) === comparable(stage));
  const since = wanted ? (lead.stageEnteredAt[stage] ?? null) : null;
  const shown = lead.labels.lifecycleStage?.[stage] ?? stage;
  return {
    met: since !== null,
    since,
    found: { kind: since ? 'becameStage' : 'stageIs', stage: shown },
  };
}

/** Views of such pages, of which HubSpot names the first of all and the last of each visit. */
export function pageSeen({ lead, spentUntil }: Facts, wanted: PagesSeen): Finding {
  const pages = lead.pages.filter(({ at }) => !spentUntil || at > spentUntil);
  const { count, since } = oftenEnough(pages, wanted);
  const unnamed = unnamedIn(pages, wanted);
  return {
    met: since !== null,
    since,
    found: { kind: 'sawPages', pages: wanted.contains, count, unnamed },
  };
}

export function visitsEnding({ lead, spentUntil }: Facts, wanted: PagesSeen): Finding {
  const visits = lead.pages.filter(({ at, opened }) => !opened && (!spentUntil || at > spentUntil));
  const { count, since } = oftenEnough(visits, wanted);
  return {
    met: since !== null,
    since,
    found: { kind: 'visitsEndedOn', pages: wanted.contains, count },
  };
}

/** How often such pages were seen within the time, at best, and since when that is often enough. */
function oftenEnough(pages: readonly PageView[], { contains, times, withinMinutes }: PagesSeen) {
  const seen = pages
    .filter(({ url }) => contains.some((words) => isInAddress(url, words)))
    .map(({ at }) => at.getTime())
    .sort((a, b) => b - a);
  const upTo = (last: number) =>
    seen.filter((at) => at <= last && last - at <= withinMinutes * 60_000).length;
  // The newest view that made it enough: a single later view does not undo that.
  const last = seen.find((at) => upTo(at) >= times);
  const [newest] = seen;
  const counted = last ?? newest;
  return {
    count: counted === undefined ? 0 : upTo(counted),
    since: last === undefined ? null : new Date(last),
  };
}

/**
 * What a page is about stands in its address; how somebody came there, as `?utm_campaign=pricing`, behind it, where only
 * words are looked for that have one of its signs, as "?plan=team" and "#prices".
 */
export function isInAddress(url: string, words: string): boolean {
  const address = /[?#]/.test(words) ? url : (url.split(/[?#]/, 1)[0] ?? url);
  return containsWords(address, words) || containsWords(readable(address), words);
}

/** An address with its letters as people write them: "/f%C3%BCr-teams" is "/für-teams". */
function readable(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** How many more views than it names HubSpot counted, of the time within which they would count. */
function unnamedIn(pages: readonly PageView[], { withinMinutes }: PagesSeen): number {
  const newest = Math.max(...pages.map(({ at }) => at.getTime()));
  const lately = pages.filter(({ at }) => newest - at.getTime() <= withinMinutes * 60_000);
  return lately.reduce((sum, { before = 0 }) => sum + before, 0);
}
