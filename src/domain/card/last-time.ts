import type { PersonId, Policy } from '../policy/policy.ts';
import type { Back } from '../routing/came-back.ts';
import { dateTime, type Line, line, type Names, person } from '../words/line.ts';
import type { CardView, Section } from './card.ts';
import { noteWords } from './touch-words.ts';

/** How sales had the lead before, for whoever gets it now: the first thing on their card. */
export function lastTime(view: Pick<CardView, 'handoff' | 'policy' | 'names'>, reader: PersonId): Section[] {
  const { back } = view.handoff;
  if (!back) return [];
  return [{ kind: 'text', title: 'Last time', text: lastTimeWords(back, reader, view) }];
}

function lastTimeWords(
  { by, rep, at, outcome, reason, note, recycled }: Back,
  reader: PersonId,
  { policy, names }: Pick<CardView, 'policy' | 'names'>,
): Line {
  const who = by ?? rep;
  const actor = who === reader ? 'You' : person(who, names);
  const label = reasonLabel(policy, reason);
  const did = outcome === 'unresponsive' ? 'gave it up' : 'sent it back';
  const times = recycled > 1 ? ` It comes back for the ${ordinal(recycled)} time.` : '';
  return line`${actor} ${did} ${dateTime(at)}${label ? `: ${label}` : ''}${noteWords(note)}${times}`;
}

/** A reason as the policy calls it, also one that it has no more. */
function reasonLabel({ disqualifyReasons }: Policy, reason: string | null): string {
  return disqualifyReasons.find(({ name }) => name === reason)?.label ?? reason ?? '';
}

const suffixes: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

function ordinal(count: number): string {
  return `${count}${suffixes[ordinals.select(count)] ?? 'th'}`;
}

/** A recycled lead in a list: until when it sleeps, who sent it back, and what they said. */
export function sleepWords({
  handoff,
  names,
  policy,
}: Pick<CardView, 'handoff' | 'policy'> & { names: Names }): Line | null {
  if (handoff.status !== 'closed' || !handoff.sentBack?.revisitAt) return null;
  const { by, note, revisitAt } = handoff.sentBack;
  const who = person(by ?? handoff.assignment.rep, names);
  return line`Back ${dateTime(revisitAt)} with ${person(handoff.assignment.rep, names)}. ${reasonLabel(policy, handoff.reason)}, by ${who}${noteWords(note)}`;
}
