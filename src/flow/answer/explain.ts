import type { Section } from '../../domain/card/card.ts';
import { reasonInWords } from '../../domain/card/reasons.ts';
import { dateTime, line, type Names, plain } from '../../domain/card/text.ts';
import type { Considered } from '../../domain/routing/qualify.ts';
import type { RouteReason } from '../../domain/routing/route.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Decision, Decisions } from '../ports/inbox.ts';
import type { Directory } from '../ports/people.ts';

type Needs = { handoffs: Handoffs; decisions: Decisions; directory: Directory };

const decisionsShown = 3;

/** Why a lead came to whom it came, or to nobody: everything that was looked at. */
export async function explain(who: string, needs: Needs): Promise<Reply | { wrong: string }> {
  const ids = await needs.handoffs.findLeads(who);
  const [id, ...others] = ids;
  if (id === undefined) return { wrong: `I have never seen a lead "${who}".` };
  if (others.length > 0) {
    return {
      wrong: `"${who}" may be ${ids.length} leads: HubSpot ids ${ids.slice(0, 5).join(', ')}. Ask by one of them.`,
    };
  }
  const decisions = await needs.decisions.ofLead(id);
  const names = namesOf(await needs.directory.people());
  if (decisions.length === 0) return { wrong: `Nothing was decided about the lead ${id} yet.` };
  const shown = decisions.slice(0, decisionsShown);
  const views = await needs.handoffs.views(shown.flatMap(({ handoffId }) => handoffId ?? []));
  return {
    title: `Why: ${who}`,
    sections: shown.flatMap((decision) => [
      ...sectionsOf(decision, names),
      ...refusedBy(views.find(({ handoff }) => handoff.id === decision.handoffId)),
    ]),
  };
}

/** What stands in HubSpot is not all that the bot wanted to write there. */
function refusedBy(view: HandoffView | undefined): Section[] {
  const refused = view?.crm.refused ?? [];
  if (refused.length === 0) return [];
  const text = line`${refused.join(', ')}: look at the property and its rules in HubSpot`;
  return [{ kind: 'text', title: 'HubSpot would not take', text }];
}

/** A decision for people, the outcome first. */
export function sectionsOf(decision: Decision, names: Names): Section[] {
  const { verdict, reason, at, policyVersion, considered, reasons } = decision;
  const outcome = { handoff: 'Handed over', held: 'Held', ignored: 'Not handed over' }[verdict];
  return [
    {
      kind: 'text',
      title: outcome,
      text: line`${dateTime(at)}: ${reason} (policy ${policyVersion})`,
    },
    ...facts(considered.map(consideredFact)),
    ...facts(reasons.flatMap((one) => reasonFacts(one, names))),
  ];
}

type Fact = { label: string; value: string };

function facts(all: readonly Fact[]): Section[] {
  return all.length > 0 ? [{ kind: 'facts', facts: all }] : [];
}

function consideredFact({ kind, name, met, found, but }: Considered): Fact {
  const counts = met && but === null ? 'yes' : 'no';
  const what = [found, but ? `but ${but}` : ''].filter(Boolean).join(', ');
  return { label: kind === 'never' ? `Never: ${name}` : name, value: `${counts} (${what || 'nothing'})` };
}

function reasonFacts(reason: RouteReason, names: Names): Fact[] {
  const words = plain(reasonInWords(reason, names));
  const balances = balanceWords(reason, names);
  return [
    { label: reason.rule ?? reason.kind, value: words },
    ...(balances ? [{ label: 'Balances', value: balances }] : []),
  ];
}

/** How far ahead or behind everybody was, before and after the turn. */
function balanceWords(reason: RouteReason, names: Names): string | null {
  if (reason.kind !== 'rotation' || !reason.taken || !reason.before || !reason.after) return null;
  const { before, after } = reason;
  const signed = (value: number | undefined) => (value ?? 0).toFixed(2);
  const each = Object.keys(before).map(
    (id) => `${names.get(id) ?? id} ${signed(before[id])} → ${signed(after[id])}`,
  );
  return each.join(', ');
}
