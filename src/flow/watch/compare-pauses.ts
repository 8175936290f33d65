import { isJustResumed, type NurtureChange, nurtureToWrite } from '../../domain/handoff/nurture.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { followInSegment } from '../follow-in-segment.ts';
import type { Crm, Outcome } from '../ports/crm.ts';
import { TemporaryFailure } from '../ports/failure.ts';
import type { Observe } from '../ports/observe.ts';
import type { LeadNurture, Suppressions } from '../ports/suppressions.ts';
import type { Clock } from '../ports/time.ts';
import { nurtureRecord } from '../write-back-plan.ts';

type Needs = {
  suppressions: Suppressions;
  crm: Pick<Crm, 'nurturePaused' | 'writeLeads' | 'changeSegment'>;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/** So long HubSpot is given to take who was resumed out of its active segments, which it does in the background. */
const settlesAfterMs = 5 * 60_000;

/** What HubSpot showed otherwise than the ledger, and shows rightly now. */
export type Compared = {
  /** Somebody had switched it off, or on, in HubSpot. */
  pausedAgain: number;
  resumedAgain: number;
  /** It was still to be written. */
  late: number;
  /** HubSpot has these contacts no longer. */
  gone: readonly LeadId[];
};

/** Compares leads in HubSpot, by id and not by a search, with the ledger, and writes what differs. */
export async function comparePauses(ids: readonly LeadId[], needs: Needs): Promise<Compared> {
  const { suppressions, crm, clock } = needs;
  if (ids.length === 0) return { pausedAgain: 0, resumedAgain: 0, late: 0, gone: [] };
  const at = clock();
  const shown = await crm.nurturePaused(ids);
  const before = await suppressions.nurtureOf([...shown.keys()]);
  const resumed = before.filter(({ leadId, nurture }) => isJustResumed(nurture) && !shown.get(leadId));
  const isSettled = ({ nurture: { written } }: LeadNurture) =>
    written !== null && at.getTime() - written.at.getTime() >= settlesAfterMs;
  await resumeOnceMore(resumed.filter(isSettled), at, crm);
  // Who was resumed only now is looked at by the next comparison.
  const unsettled = new Set(resumed.filter((one) => !isSettled(one)).map(({ leadId }) => leadId));
  const seen = [...shown]
    .filter(([leadId]) => !unsettled.has(leadId))
    .map(([leadId, paused]) => ({ leadId, paused }));
  await suppressions.noteSeen(seen, at);
  // Read after HubSpot: whatever was begun or lifted meanwhile has its own write under way.
  const wrong = (await suppressions.nurtureOf([...shown.keys()])).flatMap((lead) => {
    const nurture = { ...lead.nurture, seen: { paused: shown.get(lead.leadId) ?? false, at } };
    const change = nurtureToWrite(nurture);
    return change ? [{ leadId: lead.leadId, change, isDrift: isDrift(nurture) }] : [];
  });
  const written = await write(wrong, needs);
  const drifted = written.filter((one) => one.isDrift);
  const pausedAgain = drifted.filter(({ change }) => change.paused).length;
  return {
    pausedAgain,
    resumedAgain: drifted.length - pausedAgain,
    late: written.length - drifted.length,
    gone: ids.filter((id) => !shown.has(id)),
  };
}

async function resumeOnceMore(
  resumed: readonly LeadNurture[],
  nurtureResumedAt: Date,
  crm: Pick<Crm, 'writeLeads'>,
): Promise<void> {
  if (resumed.length === 0) return;
  const record = { nurtureResumedAt };
  const outcomes = await crm.writeLeads(resumed.map(({ leadId: id }) => ({ id, change: { record } })));
  throwTemporary(outcomes);
}

function throwTemporary(outcomes: readonly Outcome<unknown>[]): void {
  for (const outcome of outcomes) {
    if (!outcome.ok && outcome.error instanceof TemporaryFailure) throw outcome.error;
  }
}

/** What had been written rightly, or never, was switched by somebody else. */
function isDrift({ paused, written }: LeadNurture['nurture']): boolean {
  return (written?.paused ?? false) === paused;
}

type Wrong = { leadId: LeadId; change: NurtureChange; isDrift: boolean };

/** @returns what HubSpot took; what it refuses for good is tried again by the next comparison */
async function write(wrong: readonly Wrong[], needs: Needs): Promise<Wrong[]> {
  const { suppressions, crm, clock } = needs;
  if (wrong.length === 0) return [];
  await followInSegment(
    wrong.map(({ leadId, change: { paused } }) => ({ leadId, paused })),
    needs,
  );
  const outcomes = await crm.writeLeads(
    wrong.map(({ leadId, change }) => ({ id: leadId, change: { record: nurtureRecord(change) } })),
  );
  const taken = wrong.filter((_, place) => {
    const outcome = outcomes[place];
    return outcome?.ok && outcome.value.nurtureTaken;
  });
  const states = taken.map(({ leadId, change: { paused } }) => ({ leadId, paused }));
  await suppressions.noteWritten(states, clock());
  throwTemporary(outcomes);
  return taken;
}
