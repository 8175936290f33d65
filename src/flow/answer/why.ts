import type { Section } from '../../domain/card/card.ts';
import { reasonInWords } from '../../domain/card/reasons.ts';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { consideredWords, whyInShort } from '../../domain/card/why-words.ts';
import { sightOf } from '../../domain/handoff/rights.ts';
import type { Lead } from '../../domain/lead/lead.ts';
import { nameOf, whoIs } from '../../domain/lead/who-is.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { dateTime, type Line, line, type Names } from '../../domain/words/line.ts';
import { textOf, whyLine } from '../../domain/words/why.ts';
import type { Words } from '../../domain/words/words.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { Decision } from '../ports/inbox.ts';
import type { PolicyOf } from '../ports/time.ts';
import { type ExplainNeeds, findMeant, refusedBy, withWhom } from './explain.ts';
import { likelyLeads, mostOffered } from './likely-leads.ts';
import { meansAll } from './means-all.ts';
import { said as reply, sayIt } from './said.ts';
import type { Verb } from './usage.ts';

type Needs = ExplainNeeds & { policy: () => Policy; policyOf: PolicyOf };

/** Behind the lead: everything that was looked at, not the sentence alone. */
const allWord = 'all';
const decisionsShown = 3;

/** Why a lead is with whom it is, to somebody of the policy: in a sentence first, with all that was looked at by a button. */
export async function why(person: PersonId, asked: string, words: Words, needs: Needs): Promise<Reply> {
  const said = asked.split(' ');
  const whole = said.length > 1 && meansAll(said.at(-1) ?? '');
  const who = whole ? said.slice(0, -1).join(' ') : asked;
  if (who === '') return whichLead(person, words, needs);
  const policy = needs.policy();
  const names = namesOf(await needs.directory.people());
  const found = await findMeant(who, { person, policy }, needs);
  switch (found.kind) {
    case 'erased':
    case 'tooMany':
      return reply(words.text(`answers.${found.kind}`, { said: who }), []);
    case 'vague':
      return whichLead(person, words, needs);
    case 'hidden':
      return withWhom(who, found, names, words);
    case 'none':
      return orLikely(person, who, words, needs);
    case 'several': {
      const leads = await needs.handoffs.snapshots(found.ids.slice(0, mostOffered));
      return reply(
        words.text('commands.severalFit', { said: who }),
        words.line('commands.chooseOne'),
        candidates([...leads.values()]),
      );
    }
    case 'one':
      return about(person, { ...found, whole, names, words }, needs);
    default:
      return found satisfies never;
  }
}

type About = {
  id: string;
  views: readonly HandoffView[];
  whole: boolean;
  names: Names;
  words: Words;
};

async function about(
  person: PersonId,
  { id, views, whole, names, words }: About,
  needs: Needs,
): Promise<Reply> {
  const decided = await needs.decisions.ofLead(id);
  const lead = views[0]?.lead ?? (await needs.handoffs.snapshots([id])).get(id);
  const called = lead ? nameOf(lead) : id;
  const latest = views.toSorted((a, b) => +b.handoff.qualifiedAt - +a.handoff.qualifiedAt)[0];
  const isTheirs = latest && latest.handoff.status !== 'closed' && latest.handoff.assignment.rep === person;
  const show: ReplyAction[] = isTheirs
    ? [{ kind: 'act', command: 'show', handoffId: latest.handoff.id, label: words.text('commands.showCard') }]
    : [];
  const title = words.text('commands.whyTitle', { lead: lead ? whoIs(lead) : id });
  const [newest] = decided;
  const short = latest && whyInShort({ ...latest, policy: needs.policyOf(latest.handoff), names, words });
  const text = short
    ? [...short, ...sinceThen(latest, newest, called, words)]
    : notYet(newest, called, words);
  if (!whole) {
    const all = decided.length > 0 ? [sayIt(`why ${id} ${allWord}`, words.text('commands.allRules'))] : [];
    const { sections, actions = [] } = reply(title, text, [...all, ...show]);
    return { title, sections: [...sections, ...refusedBy(latest, words)], actions, about: [id] };
  }
  const policy = latest ? needs.policyOf(latest.handoff) : needs.policy();
  const rules = decided.slice(0, decisionsShown).flatMap((decision) => [
    ...rulesOf(decision, policy, names, words),
    ...refusedBy(
      views.find(({ handoff }) => handoff.id === decision.handoffId),
      words,
    ),
  ]);
  const { sections } = reply(title, text);
  const inShort = sayIt(`why ${id}`, words.text('commands.inShort'));
  return { title, sections: [...sections, ...rules], actions: [inShort, ...show], about: [id] };
}

/** Why a lead that sales has had did not come again. */
function sinceThen({ handoff }: HandoffView, newest: Decision | undefined, lead: string, words: Words): Line {
  const isNews = handoff.status === 'closed' && newest && newest.at >= handoff.closedAt;
  return isNews && newest.verdict !== 'handoff' ? line` ${notYet(newest, lead, words)}` : [];
}

function notYet(decision: Decision | undefined, lead: string, words: Words): Line {
  const reason = decision ? whyLine(decision.reason, words) : words.text('commands.nothing');
  return decision?.verdict === 'held'
    ? words.line('commands.waits', { lead, why: reason })
    : words.line('commands.notHanded', { lead, why: reason });
}

/** Everything that was looked at for a decision, in people's words. */
function rulesOf(decision: Decision, policy: Policy, names: Names, words: Words): Section[] {
  const { verdict, at, reason, considered, reasons } = decision;
  const outcome = {
    handoff: 'commands.handedOver',
    held: 'commands.held',
    ignored: 'commands.ignored',
  } as const;
  const told = words.line(outcome[verdict], { at: dateTime(at), why: whyLine(reason, words) });
  const triggers = considered.filter(({ kind }) => kind === 'trigger');
  const excluding = considered.filter(({ kind, met }) => kind === 'never' && met);
  const way = reasons.map((one) => ({
    label: one.rule ?? words.text('commands.way'),
    value: textOf(reasonInWords(one, { names, words })),
  }));
  const turns = reasons.flatMap((one) => nextTurns(one, names, words));
  return [
    { kind: 'text', title: '', text: told },
    {
      kind: 'facts',
      facts: [
        ...triggers.map((one) => consideredWords(one, policy, words)),
        ...(excluding.length > 0
          ? excluding.map((one) => consideredWords(one, policy, words))
          : [{ label: words.text('commands.exclusions'), value: words.text('commands.noExclusion') }]),
        ...way,
        ...turns,
      ],
    },
  ];
}

/** In which order the turns went on, as whoever is owed most comes next. */
function nextTurns(
  reason: Decision['reasons'][number],
  names: Names,
  words: Words,
): { label: string; value: string }[] {
  if (reason.kind !== 'rotation' || !reason.taken || !reason.after) return [];
  const order = Object.entries(reason.after).toSorted(([, a], [, b]) => b - a);
  const value = words.list(order.map(([id]) => names.get(id) ?? id));
  return [{ label: words.text('commands.nextTurns'), value }];
}

/** Asks which lead is meant, with the latest that they have. */
async function whichLead(person: PersonId, words: Words, { handoffs }: Needs): Promise<Reply> {
  const views = await handoffs.views(await handoffs.heldBy(person));
  const latest = views
    .toSorted((a, b) => +b.handoff.assignment.at - +a.handoff.assignment.at)
    .slice(0, mostOffered)
    .map(({ lead }) => lead);
  const key = latest.length > 0 ? 'commands.whichLeadText' : 'commands.whichLeadNone';
  return reply(words.text('commands.whichLead'), words.line(key), candidates(latest));
}

async function orLikely(person: PersonId, who: string, words: Words, needs: Needs): Promise<Reply> {
  const isExact = who.includes('@') || /^\d+$/.test(who);
  const likely = await likelyLeads(who, sightOf(person, needs.policy()), needs.handoffs);
  if (likely.length > 0) {
    return reply(
      words.text('commands.noneFits', { said: who }),
      words.line('commands.likely'),
      candidates(likely),
    );
  }
  return isExact
    ? reply(words.text('commands.noneFits', { said: who }), words.line('commands.kept'))
    : reply(words.text('commands.noneOfYours', { said: who }), words.line('commands.exactTells'));
}

/** A button for each of the leads that may be meant. */
export function candidates(leads: readonly Lead[], verb: Verb = 'why'): ReplyAction[] {
  return leads.map((lead) => sayIt(`${verb} ${lead.id}`, whoIs(lead)));
}
