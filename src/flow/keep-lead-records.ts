import type { HandoffId } from '../domain/handoff/handoff.ts';
import {
  type LeadRecordBoard,
  leadRecordBoard,
  leadRecordProblems,
  leadRecordsWithheld,
} from '../domain/policy/lead-records.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { eachOf, type Working } from './each-of.ts';
import { type LeadRecordPlan, type LeadRecordStep, leadRecordStep } from './lead-record-plan.ts';
import type { Outbox } from './ports/cards.ts';
import type { Outcome } from './ports/crm.ts';
import { PermanentFailure } from './ports/failure.ts';
import type { LeadRecords } from './ports/lead-records.ts';
import type { Observe } from './ports/observe.ts';
import type { Clock, Runs } from './ports/time.ts';

type Needs = {
  leadRecords: LeadRecords;
  policy: () => Policy;
  runs: Runs;
  outbox: Outbox;
  clock: Clock;
  observe: Observe;
};

type Planned = Working & { handoffId: HandoffId; plan: { leadRecord: LeadRecordPlan | null } };

/**
 * Finds, makes and moves the lead records of a lot, all of a kind together. Where HubSpot lets the bot keep none the
 * admins hear of it once; what it refuses of one is told to whoever watches. Neither keeps anything else from being
 * written.
 * @returns the ids of those that there are
 */
export async function keepLeadRecords<One extends Planned>(
  planned: readonly One[],
  needs: Needs,
): Promise<ReadonlyMap<One, string>> {
  const { leadRecords } = needs;
  const wanted = planned.flatMap((one) => (one.plan.leadRecord ? [{ one, plan: one.plan.leadRecord }] : []));
  const placed = await eachOf(wanted, (lot) => boardsFor(lot, needs));
  const onBoard = [...placed].flatMap(([{ one, plan }, board]) => (board ? [{ one, plan, board }] : []));
  const found = await eachOf(onBoard, (lot) => leadRecords.find(lot.map(({ plan }) => plan.sought)));
  const steps = [...found].map(([{ one, plan, board }, records]) => ({
    one,
    does: leadRecordStep(plan, records, board),
  }));
  const spared = sparingRefused(needs);
  const made = await eachOf(
    steps.flatMap(({ one, does }) => (does.step === 'make' ? [{ one, record: does.record }] : [])),
    spared((lot) => leadRecords.create(lot.map(({ record }) => record))),
  );
  await eachOf(
    steps.flatMap(({ one, does }) => (does.step === 'change' ? [{ one, change: does.change }] : [])),
    spared((lot) => leadRecords.update(lot.map(({ change }) => change))),
  );
  const there = [
    ...steps.map(({ one, does }) => [one, idOf(does)] as const),
    ...[...made].map(([{ one }, id]) => [one, id] as const),
  ];
  return new Map(there.flatMap(([one, id]) => (id === null ? [] : [[one, id] as const])));
}

function idOf(does: LeadRecordStep): string | null {
  switch (does.step) {
    case 'leave':
      return does.recordId;
    case 'change':
      return does.change.recordId;
    case 'make':
      return null;
    default:
      return does satisfies never;
  }
}

/** The board of each; null, which the admins are told, where there is none for it. */
async function boardsFor(
  lot: readonly { plan: LeadRecordPlan }[],
  needs: Needs,
): Promise<Outcome<LeadRecordBoard | null>[]> {
  try {
    const portal = await needs.leadRecords.portal();
    const boards = lot.map(({ plan }) => portal && leadRecordBoard(plan.rules, portal, plan.ownReasons));
    const without = lot.find((_, place) => !boards[place]);
    if (without) {
      const problems = portal && leadRecordProblems(without.plan.rules, portal);
      const why =
        problems?.map(({ path, words }) => `${path.join('.')}: ${words}`).join('; ') ?? leadRecordsWithheld;
      await tellAdmins(why, needs);
    }
    return boards.map((value) => ({ ok: true, value }));
  } catch (error) {
    return lot.map(() => ({ ok: false, error }));
  }
}

/** Once for each policy that wants lead records where there are none. */
async function tellAdmins(why: string, { policy, runs, outbox, clock, observe }: Needs): Promise<void> {
  const { version, admins } = policy();
  const routine = `no lead records under ${version}` as const;
  if (await runs.last(routine)) return;
  const now = clock();
  const news = { kind: 'noLeadRecords', why } as const;
  await outbox.add(
    admins.map((person) => ({ person, news })),
    now,
  );
  await runs.note(routine, now);
  observe({ what: 'noLeadRecords', why });
}

/** What is refused for good, as by a rule of the portal's admin, is no failure of the handoff's: the card and all else go on. */
function sparingRefused({ observe }: Needs) {
  return <Part extends { one: Planned }, T>(work: (lot: readonly Part[]) => Promise<Outcome<T>[]>) =>
    async (lot: readonly Part[]): Promise<Outcome<T | null>[]> => {
      const outcomes = await work(lot);
      return outcomes.map((outcome, place) => {
        if (outcome.ok || !(outcome.error instanceof PermanentFailure)) return outcome;
        const { handoffId = null } = lot[place]?.one ?? {};
        observe({ what: 'leadRecordRefused', handoffId, code: outcome.error.code });
        return { ok: true, value: null };
      });
    };
}
