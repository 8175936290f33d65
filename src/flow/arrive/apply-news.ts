import { randomUUID } from 'node:crypto';
import type { Command } from '../../domain/handoff/decide.ts';
import { newsIn } from '../../domain/handoff/evidence.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { secondLook } from '../../domain/handoff/second-look.ts';
import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import { takersOf } from '../../domain/policy/people-of.ts';
import type { Why } from '../../domain/words/reason.ts';
import { changeHandoff } from '../change.ts';
import type { KnownLead } from '../ports/arrivals.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { responsesIn } from '../responses.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/** What came of looking at a lead that was passed on before: what was found, by name. */
export type AppliedNews = { handoffId: HandoffId; found: readonly string[] };

/** What each of the commands carries over, as decisions and measures name it. */
const names: Readonly<Partial<Record<Command['type'], string>>> = {
  noteTouch: 'touch',
  noteMeeting: 'meeting',
  loseMeeting: 'meeting fell through',
  strengthen: 'more urgent',
  noteRepeat: 'once more',
  exclude: 'excluded',
  noteDeal: 'deal',
  noteWon: 'deal won',
  followOwner: 'owner',
  loseOwner: 'owner',
};

/**
 * Carries out what HubSpot tells about the handoffs of a lead: touches that nobody logged on the card, meetings, deals,
 * another owner; and what the lead itself shows that makes it more urgent, or nobody's to call.
 * @returns the handoff in which something changed, if any
 */
export async function applyNews(
  lead: Lead,
  { followed, workflows, earlier }: Pick<KnownLead, 'followed' | 'workflows' | 'earlier'>,
  needs: Needs,
): Promise<AppliedNews | null> {
  let kept: AppliedNews | null = null;
  for (const view of followed) {
    const { handoff, log } = view;
    const { id } = handoff;
    const found: string[] = [];
    const commands = [
      ...newsIn(lead, await known(view, needs), randomUUID),
      ...secondLook(lead, { handoff, log, workflows, earlier }, needs.policyOf(handoff), needs.clock()),
    ];
    for (const command of commands) {
      if (await carryOut(id, command, occasionOf(command, lead, log), needs))
        found.push(names[command.type] ?? command.type);
    }
    if (found.length > 0) kept = { handoffId: id, found };
  }
  return kept;
}

/** Ends what is open about a contact that is no more. @returns the handoff that ended, if any */
export async function withdraw(
  followed: readonly HandoffView[],
  why: Why,
  needs: Needs,
): Promise<HandoffId | null> {
  let ended: HandoffId | null = null;
  for (const { handoff } of followed) {
    if (await carryOut(handoff.id, { type: 'withdraw', why }, null, needs)) ended = handoff.id;
  }
  return ended;
}

/**
 * Goes on with a contact's handoffs under the one that it was merged into. Of two that are open the one that began
 * later ends.
 */
export async function adopt(former: readonly LeadId[], lead: LeadId, needs: Needs): Promise<void> {
  const left = await needs.handoffs.adopt(former, lead);
  const why = { kind: 'contactMerged' } as const;
  for (const id of left) await carryOut(id, { type: 'withdraw', why }, null, needs);
  if (left.length > 0) await needs.handoffs.adopt(former, lead);
}

async function known(view: HandoffView, { directory, policyOf }: Needs) {
  const people = await directory.people();
  const takers = new Set(takersOf(policyOf(view.handoff)));
  const ownerIds = new Map(people.map(({ id, ownerId }) => [id, ownerId]));
  const there = people.filter(({ id, active }) => active && takers.has(id));
  const { handoff, log, crm } = view;
  return {
    handoff,
    log,
    recordsOfOurs: crm.touchIds,
    writtenSeq: crm.contactSeq,
    ownerOf: (person: string) => ownerIds.get(person) ?? null,
    personOf: (owner: string) => there.find(({ ownerId }) => ownerId === owner)?.id ?? null,
  };
}

/** The same news have one effect, whoever reads them at the same time. */
function occasionOf(command: Command, { ownerSince }: Lead, log: HandoffView['log']): string {
  switch (command.type) {
    case 'noteMeeting':
    case 'loseMeeting':
      // It may fall through, and take place after all.
      return `${command.type}:${command.recordId}:${log.length}`;
    case 'strengthen':
      return `strengthen:${command.trigger}`;
    case 'noteRepeat':
      return `repeat:${command.trigger}:${command.at.toISOString()}`;
    case 'exclude':
      return `exclude:${command.name}`;
    default:
      return `${command.type}:${'recordId' in command ? command.recordId : ownerSince?.toISOString()}`;
  }
}

async function carryOut(
  id: HandoffId,
  command: Command,
  commandId: string | null,
  needs: Needs,
): Promise<boolean> {
  const cause = { by: null, at: needs.clock(), commandId };
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, id, command, cause);
  if (changed?.outcome !== 'changed') return false;
  needs.observe({ what: 'changed', handoffId: id, events: changed.events.map(({ type }) => type) });
  for (const response of responsesIn(changed, cause.at)) needs.observe(response);
  return true;
}
