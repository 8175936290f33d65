import type { Section } from '../../domain/card/card.ts';
import { reasonInWords, type Saying } from '../../domain/card/reasons.ts';
import { isInSight, type Sight, sightOf } from '../../domain/handoff/rights.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Considered } from '../../domain/routing/qualify.ts';
import type { RouteReason } from '../../domain/routing/route.ts';
import { dateTime, line, type Names, person } from '../../domain/words/line.ts';
import { textOf, whyLine, whyText } from '../../domain/words/why.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Erasures } from '../ports/erasures.ts';
import { type Handoffs, type HandoffView, mostLeads } from '../ports/handoffs.ts';
import type { Decision, Decisions } from '../ports/inbox.ts';
import type { Directory } from '../ports/people.ts';

export type ExplainNeeds = {
  handoffs: Handoffs;
  decisions: Decisions;
  directory: Directory;
  erasures: Erasures;
};

/** Who asks: somebody of the policy, or whoever operates the bot and sees everything. */
export type Asker = { person: PersonId; policy: Policy } | 'operator';

const decisionsShown = 3;

/** Of whoever operates the bot. */
const english = wordsIn('en');

/** Which lead somebody means, and what of it they may see. */
export type Meant =
  | { kind: 'one'; id: LeadId; views: readonly HandoffView[] }
  | { kind: 'several'; ids: readonly LeadId[] }
  /** It is none of theirs: they learn with whom it is, as they know its email or id. */
  | { kind: 'hidden'; id: LeadId; views: readonly HandoffView[] }
  | { kind: 'none' }
  | { kind: 'vague' }
  | { kind: 'erased' | 'tooMany' };

/**
 * Finds the lead that somebody means, by email, contact id or name; by a name nobody finds one that is not theirs, and
 * somebody else who names a lead exactly learns with whom it is.
 */
export async function findMeant(
  who: string,
  asker: Asker,
  { handoffs, erasures }: Pick<ExplainNeeds, 'handoffs' | 'erasures'>,
): Promise<Meant> {
  if (isTooVague(who)) return { kind: 'vague' };
  if ((await erasures.among([who])).length > 0) return { kind: 'erased' };
  const sight: Sight = asker === 'operator' ? 'all' : sightOf(asker.person, asker.policy);
  const found = await handoffs.findLeads(who, sight);
  const views = await handoffs.ofLeads(found);
  const ids = found.filter((id) => isInSight(sight, of(id, views)));
  if (ids.length === mostLeads) return { kind: 'tooMany' };
  const [id, ...others] = ids;
  if (id === undefined) {
    const [hidden] = found;
    const isMeant = hidden === who || who.includes('@');
    return hidden !== undefined && isMeant
      ? { kind: 'hidden', id: hidden, views: of(hidden, views) }
      : { kind: 'none' };
  }
  return others.length > 0 ? { kind: 'several', ids } : { kind: 'one', id, views: of(id, views) };
}

/** Why a lead came to whom it came, or to nobody: everything that was looked at, for whoever operates the bot. */
export async function explain(who: string, needs: ExplainNeeds): Promise<Reply | { wrong: string }> {
  const found = await findMeant(who, 'operator', needs);
  const names = namesOf(await needs.directory.people());
  switch (found.kind) {
    case 'vague':
      return { wrong: 'Which lead? Ask by email, HubSpot id, or at least three letters of the name.' };
    case 'erased':
    case 'tooMany':
      return { wrong: english.text(`answers.${found.kind}`, { said: who }) };
    case 'none':
    case 'hidden':
      return { wrong: `I know no lead "${who}", or it is kept no longer.` };
    case 'several': {
      const { ids } = found;
      return {
        wrong: `"${who}" may be ${ids.length} leads: HubSpot ids ${ids.slice(0, 5).join(', ')}. Ask by one of them.`,
      };
    }
    case 'one':
      break;
    default:
      return found satisfies never;
  }
  const { id, views } = found;
  const decided = await needs.decisions.ofLead(id);
  if (decided.length === 0) return { wrong: `Nothing was decided about the lead ${id} yet.` };
  const shown = decided.slice(0, decisionsShown);
  return {
    title: english.text('commands.whyTitle', { lead: who }),
    sections: shown.flatMap((decision) => [
      ...sectionsOf(decision, { names, words: english }),
      ...refusedBy(
        views.find(({ handoff }) => handoff.id === decision.handoffId),
        english,
      ),
    ]),
    about: [id],
  };
}

/** What stands in HubSpot is not all that the bot wanted to write there. */
export function refusedBy(view: HandoffView | undefined, words: Words): Section[] {
  const refused = view?.crm.refused ?? [];
  if (refused.length === 0) return [];
  const text = words.line('answers.refusedText', { properties: refused.join(', ') });
  return [{ kind: 'text', title: words.text('answers.refused'), text }];
}

/** By email or HubSpot id; anything else is a name. */
function isExact(who: string): boolean {
  return who.includes('@') || /^\d+$/.test(who);
}

/** A letter or two fit half of all leads. */
function isTooVague(who: string): boolean {
  return !isExact(who) && !who.split(/\s+/).some((word) => word.length >= 3);
}

function of(id: LeadId, views: readonly HandoffView[]): HandoffView[] {
  return views.filter(({ handoff }) => handoff.leadId === id);
}

/** All that is said of a lead to somebody whom it does not concern. */
export function withWhom(
  who: string,
  { id, views }: { id: LeadId; views: readonly HandoffView[] },
  names: Names,
  words: Words,
): Reply {
  const latest = views.toSorted((a, b) => +b.handoff.qualifiedAt - +a.handoff.qualifiedAt)[0]?.handoff;
  const holder = latest && person(latest.assignment.rep, names);
  const text = holder
    ? words.line(latest.status === 'closed' ? 'answers.theyHad' : 'answers.theyHave', { who: holder })
    : words.line('answers.nobodyHad');
  return {
    title: words.text('answers.withWhom', { said: who }),
    sections: [{ kind: 'text', title: words.text('answers.notYours'), text }],
    about: [id],
  };
}

/** A decision for people, the outcome first. */
export function sectionsOf(decision: Decision, saying: Saying): Section[] {
  const { verdict, reason, at, policyVersion, considered, reasons } = decision;
  const outcome = { handoff: 'Handed over', held: 'Held', ignored: 'Not handed over' }[verdict];
  return [
    {
      kind: 'text',
      title: outcome,
      text: line`${dateTime(at)}: ${whyLine(reason, saying.words)} (policy ${policyVersion})`,
    },
    ...facts(considered.map((one) => consideredFact(one, saying.words))),
    ...facts(reasons.flatMap((one) => reasonFacts(one, saying))),
  ];
}

type Fact = { label: string; value: string };

function facts(all: readonly Fact[]): Section[] {
  return all.length > 0 ? [{ kind: 'facts', facts: all }] : [];
}

function consideredFact({ kind, name, met, found, but }: Considered, words: Words): Fact {
  const counts = met && but === null ? 'yes' : 'no';
  const what = whyText(but ? { kind: 'foundBut', found, but } : found, words);
  return { label: kind === 'never' ? `Never: ${name}` : name, value: `${counts} (${what || 'nothing'})` };
}

function reasonFacts(reason: RouteReason, saying: Saying): Fact[] {
  const words = textOf(reasonInWords(reason, saying));
  const balances = balanceWords(reason, saying.names);
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
