import { nobodyThere, type RouteReason, type Skip } from '../routing/route.ts';
import { type Line, line, type Names, person } from '../words/line.ts';

/** One step of the way to an assignment, in a few words. */
export function reasonInWords(reason: RouteReason, names: Names): Line {
  switch (reason.kind) {
    case 'contactOwner':
      return reason.taken ? line`owner of this contact` : line`no contact owner to take it (${reason.why})`;
    case 'accountOwner':
      return reason.taken ? line`owner of the company` : line`no company owner to take it (${reason.why})`;
    case 'notForThis':
      return line`not for this lead: ${reason.why}`;
    case 'rep':
      return reason.taken
        ? line`named by the rule "${reason.rule ?? ''}"`
        : line`the named rep cannot take it (${reason.why})`;
    case 'hadBefore':
      return reason.taken
        ? line`had the lead before`
        : line`whoever had it before cannot take it (${reason.why})`;
    case 'pool':
      return reason.taken
        ? line`open to ${reason.team} until somebody claims it${skippedWords(reason.skipped, names)}`
        : nobodyIn(reason, names);
    case 'rotation':
      return reason.taken
        ? line`next turn in ${reason.team}${skippedWords(reason.skipped, names)}`
        : nobodyIn(reason, names);
    case 'fallback':
      return line`fallback when no rule finds anybody`;
    case 'reassigned':
      return reason.by === reason.person ? line`took it` : line`chosen by ${person(reason.by, names)}`;
    case 'ownerChanged':
      return line`made the owner of the contact in HubSpot`;
    default:
      return reason satisfies never;
  }
}

function nobodyIn(
  { team, why, skipped }: { team: string; why: string; skipped: readonly Skip[] },
  names: Names,
): Line {
  const because = why === nobodyThere ? '' : ` (${why})`;
  return line`nobody free in ${team}${because}${skippedWords(skipped, names)}`;
}

function skippedWords(skipped: readonly Skip[], names: Names): string {
  if (skipped.length === 0) return '';
  return ` (passed over: ${skipped.map((skip) => `${names.get(skip.person) ?? skip.person}, ${skip.why}`).join('; ')})`;
}
