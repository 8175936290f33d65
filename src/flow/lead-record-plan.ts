import { consequenceOf } from '../domain/handoff/consequences.ts';
import type { Logged } from '../domain/handoff/handoff.ts';
import { isMoved, type LeadRecordStanding, standingsOf } from '../domain/handoff/lead-record.ts';
import type { OwnerId } from '../domain/lead/lead.ts';
import { nameOf } from '../domain/lead/who-is.ts';
import type { LeadRecordBoard, LeadRecordRules, LeadRecordStage } from '../domain/policy/lead-records.ts';
import type { PersonId, Policy } from '../domain/policy/policy.ts';
import { oneLine } from '../domain/words/line.ts';
import type { HandoffView } from './ports/handoffs.ts';
import type { LeadRecord, LeadRecordChange, LeadRecordSought, NewLeadRecord } from './ports/lead-records.ts';

/** What HubSpot has to be told of a handoff's lead record. */
export type LeadRecordPlan = {
  sought: LeadRecordSought;
  /** One that was made since then is the handoff's, even if somebody has closed it by now. */
  since: Date;
  /** What one is made with when there is none; null: none is made any more. */
  toMake: Pick<NewLeadRecord, 'name' | 'accountId'> | null;
  /** Who owns it from now on; null: it stays whose it is. */
  ownerId: OwnerId | null;
  standing: LeadRecordStanding;
  /** The stages in which the bot has put it, or may have. */
  put: readonly LeadRecordStage[];
  rules: LeadRecordRules;
  ownReasons: Policy['disqualifyReasons'];
};

/** HubSpot shows it in a column of its board. */
const nameMaxLength = 80;

/**
 * What has become of a handoff since the last write that concerns its lead record.
 * @param again an earlier attempt broke off, and may have made a record that nobody noted
 * @returns null when there is nothing to tell, or the policy keeps none
 */
export function planLeadRecord(
  { handoff, lead, log, crm: { leadRecordId: recordId, writtenSeq } }: HandoffView,
  around: { owners: ReadonlyMap<PersonId, OwnerId>; policy: Policy; again: boolean },
): LeadRecordPlan | null {
  const { owners, policy, again } = around;
  const standings = standingsOf(log);
  const [begun] = log;
  const last = standings.at(-1);
  if (!policy.leadRecords || !begun || !last) return null;
  const { standing } = last;
  const told = standings.findLast(({ seq }) => seq <= writtenSeq)?.standing;
  const isMovedOn = told?.stage !== standing.stage || told.reason !== standing.reason;
  const isPassedOn = log.some((entry) => entry.seq > writtenSeq && isAboutOwner(entry, log));
  const isOpen = handoff.status !== 'closed';
  const isNews = recordId ? isPassedOn || isMovedOn : isOpen || again;
  if (!isNews) return null;
  const owner = isPassedOn || !recordId ? owners.get(handoff.assignment.rep) : undefined;
  return {
    sought: { leadId: lead.id, recordId },
    since: begun.at,
    toMake: isOpen
      ? { name: oneLine(nameOf(lead), nameMaxLength), accountId: lead.account?.id ?? null }
      : null,
    ownerId: owner ?? null,
    standing,
    put: recordId ? standings.filter(({ seq }) => seq >= writtenSeq).map((one) => one.standing.stage) : [],
    rules: policy.leadRecords,
    ownReasons: policy.disqualifyReasons,
  };
}

function isAboutOwner({ event }: Logged, log: readonly Logged[]): boolean {
  return consequenceOf(event).crm?.(event, log).owner !== undefined;
}

/** What is done to a lead record. */
export type LeadRecordStep =
  | { step: 'leave'; recordId: string | null }
  | { step: 'make'; record: NewLeadRecord }
  | { step: 'change'; change: LeadRecordChange };

/**
 * What a plan comes to on a portal's board, where these records of the contact were found. Taken over is the one that is
 * open on the same board; those of another are about something else.
 */
export function leadRecordStep(
  { sought, since, toMake, ownerId, standing, put }: LeadRecordPlan,
  found: readonly LeadRecord[],
  { pipeline, stageIds, reasons }: LeadRecordBoard,
): LeadRecordStep {
  const closed = new Set(pipeline.stages.flatMap(({ id, isClosed }) => (isClosed ? [id] : [])));
  const onBoard = found.filter((one) => one.pipeline === pipeline.id);
  const [record] = sought.recordId
    ? found
    : [
        ...onBoard.filter(({ stage }) => !closed.has(stage ?? '')),
        ...onBoard.filter(({ createdAt }) => createdAt >= since),
      ];
  const to = stageIds[standing.stage] ?? null;
  if (!record) {
    const { leadId, recordId } = sought;
    // One that somebody deleted is not wanted.
    return toMake && recordId === null
      ? { step: 'make', record: { leadId, ...toMake, pipeline: pipeline.id, stage: to, ownerId } }
      : { step: 'leave', recordId };
  }
  const putIn = new Set(put.flatMap((stage) => stageIds[stage] ?? []));
  const from = record.pipeline === pipeline.id ? record.stage : null;
  const moves = from !== null && to !== null && isMoved({ pipeline, put: putIn }, from, to);
  const isPassedOn = ownerId !== null && ownerId !== record.ownerId;
  if (!moves && !isPassedOn) return { step: 'leave', recordId: record.id };
  const reason = standing.reason === null ? null : (reasons[standing.reason] ?? null);
  return {
    step: 'change',
    change: {
      recordId: record.id,
      ...(moves ? { stage: to, ...(reason !== null || closed.has(from) ? { reason } : {}) } : {}),
      ...(isPassedOn ? { ownerId } : {}),
    },
  };
}
