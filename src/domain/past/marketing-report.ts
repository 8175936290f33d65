import type { Section } from '../card/card.ts';
import { keyInWords } from '../lead/label.ts';
import type { Policy } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { workInWords } from '../time/duration.ts';
import { datesInWords } from '../time/reported-period.ts';
import { bold, joined, type Line, line } from '../words/line.ts';
import type { Band, Figure, MarketingWeek, SentBackCount, Side } from './marketing-week.ts';

/** What marketing sees of a period, for any chat, the most important first: most of them read it on a phone. */
export type MarketingReport = { title: string; headline: Line; sections: readonly Section[] };

/** A glance, not a document: the CSV has the rest. */
const most = { reasons: 8, acceptance: 4 };

/** Of fewer a share would say nothing. */
const shareFrom = 5;

/**
 * @param zone of its dates
 * @param paused of how many leads nurture is paused now
 * @param whose of which teams it tells; null: of all
 */
export function marketingReport(
  week: MarketingWeek,
  {
    policy,
    zone,
    paused,
    whose = null,
  }: { policy: Policy; zone: string; paused: number; whose?: readonly string[] | null },
): MarketingReport {
  const of = whose ? ` of ${whose.join(', ')}` : '';
  const title = `Leads${of}, ${datesInWords(week.period, zone)}`;
  if (week.handedOver.count + week.accepted.count + week.sentBack.count === 0) {
    return { title, headline: line`No lead was handed over, accepted or sent back.`, sections: [] };
  }
  return {
    title,
    headline: headlineOf(week),
    sections: [
      ...texts('What cost sales most, for nothing', costLines(week, policy)),
      ...reasonsTable(week.reasons, policy),
      ...texts('Accepted', acceptanceLines(week, policy)),
      ...texts('Sent back, by points', pointLines(week)),
      ...texts('Nurture', [...recycledLines(week, policy), ...pausedLines(paused)]),
    ],
  };
}

/** How sales calls what ended a handoff: the policy's reason. */
export function reasonInWords({ disqualifyReasons }: Policy, reason: string | null): string {
  return disqualifyReasons.find(({ name }) => name === reason)?.label ?? reason ?? 'No reason';
}

function headlineOf({ handedOver, accepted, sentBack }: MarketingWeek): Line {
  const figures: [Figure, string][] = [
    [handedOver, 'handed over'],
    [accepted, 'accepted'],
    [sentBack, 'sent back'],
  ];
  return joined(
    figures.map(([figure, what]) => line`${bold(String(figure.count))} ${what} (${change(figure)})`),
    ', ',
  );
}

function change({ count, before }: Figure): string {
  if (count === before) return 'as before';
  return count > before ? `+${count - before}` : `\u2212${before - count}`;
}

function costLines({ costliest }: MarketingWeek, policy: Policy): Line[] {
  return costliest.map(({ by, name, leads, workingMinutes, touches }) => {
    const tried = touches > 0 ? [counted(touches, 'touch', 'touches')] : [];
    const spent = [workInWords(workingMinutes), counted(leads, 'lead'), ...tried];
    return line`${bold(nameOf(by, name, policy))}: ${spent.join(', ')}`;
  });
}

function reasonsTable(reasons: readonly SentBackCount[], policy: Policy): Section[] {
  if (reasons.length === 0) return [];
  const rows = reasons.slice(0, most.reasons).map(({ reason, source, campaign, count }) => {
    const from = [keyInWords(source) || 'Unknown', campaign].filter(Boolean).join(' · ');
    return [reasonInWords(policy, reason), from, String(count)];
  });
  const left = reasons.slice(most.reasons).reduce((sum, { count }) => sum + count, 0);
  const columns = [
    { title: 'Sent back because' },
    { title: 'From' },
    { title: 'Leads', isNumber: true },
  ] as const;
  const all = left > 0 ? [...rows, ['Others', '', String(left)]] : rows;
  return [{ kind: 'table', columns, rows: all }];
}

function acceptanceLines({ acceptance }: MarketingWeek, policy: Policy): Line[] {
  return (['trigger', 'source'] as const).flatMap((side) => {
    const some = acceptance.filter(({ by }) => by === side).slice(0, most.acceptance);
    const each = some.map(
      ({ name, accepted, answered }) => `${nameOf(side, name, policy)} ${share(accepted, answered)}`,
    );
    return each.length > 0 ? [line`${each.join(', ')}`] : [];
  });
}

function pointLines({ components }: MarketingWeek): Line[] {
  const labels = [...new Set(components.map(({ label }) => label))];
  return labels.map((label) => {
    const each = components
      .filter((one) => one.label === label)
      .map(({ band, sentBack, decided }) => `${bandInWords(band)} points ${share(sentBack, decided)}`);
    return line`${bold(label)}: ${each.join(', ')}`;
  });
}

/** As `1 to 9`. */
function bandInWords({ from, to }: Band): string {
  if (from === null) return 'no';
  return to === null ? `${from} and more` : `${from} to ${to}`;
}

function recycledLines({ recycled }: MarketingWeek, policy: Policy): Line[] {
  const { asleep, back, wokenBy } = recycled;
  if (asleep + back === 0) return [];
  const woken = wokenBy.map(({ trigger, count }) => `${nameOf('trigger', trigger, policy)} ${count}`);
  const by = woken.length > 0 ? `, woken by: ${woken.join(', ')}` : '';
  return [line`${asleep} sent back until later, ${back} came back${by}`];
}

function pausedLines(paused: number): Line[] {
  if (paused === 0) return [];
  return [
    line`Paused now for ${counted(paused, 'lead')} that ${paused === 1 ? 'is' : 'are'} with sales or set apart`,
  ];
}

/** What people call a trigger or a source. */
export function nameOf(by: Side, name: string | null, policy: Policy): string {
  if (by === 'source') return keyInWords(name) || 'Unknown source';
  return triggerOf(policy, name ?? '')?.label ?? name ?? '';
}

/** `3 of 4`, and from five on the share as well. */
function share(part: number, whole: number): string {
  const counts = `${part} of ${whole}`;
  return whole < shareFrom ? counts : `${counts} (${Math.round((100 * part) / whole)} %)`;
}

function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

function texts(title: string, lines: readonly Line[]): Section[] {
  return lines.length > 0 ? [{ kind: 'text', title, text: joined(lines, '\n') }] : [];
}
