import type { LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Outbox } from '../ports/cards.ts';
import type { Crm } from '../ports/crm.ts';
import type { Erasures } from '../ports/erasures.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import type { Clock, PolicyOf, Runs } from '../ports/time.ts';
import { type Compared, comparePauses } from './compare-pauses.ts';
import { endPause } from './end-pause.ts';

type Needs = {
  suppressions: Suppressions;
  handoffs: Handoffs;
  erasures: Erasures;
  crm: Crm;
  outbox: Outbox;
  runs: Runs;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/** Another process that has just looked leaves nothing to find. */
const pauseMs = 5 * 60_000;
const dayMs = 24 * 3_600_000;

/**
 * Ends the pauses whose lease is over, and compares the ledger with HubSpot in both directions: who is to be paused and is
 * not is paused again, who is paused and has no cause is resumed. What somebody switched in HubSpot by hand is undone: a
 * pause of theirs belongs into the ledger, where it says why and has an end. The admins are told once a day when that was
 * so.
 */
export function watchPauses(needs: Needs) {
  const { suppressions, runs, policy, clock, observe } = needs;
  return async (): Promise<void> => {
    const now = clock();
    const last = await runs.last('pauses');
    if (last && last <= now && now.getTime() - last.getTime() < pauseMs) return;
    for (const entry of await suppressions.overdue(now)) await endPause(entry, 'leaseOver', needs);
    const known = (await suppressions.paused()).map(({ leadId }) => leadId);
    const strangers = policy().suppression ? await pausedStrangers(known, needs) : [];
    const { gone, ...repaired } = await comparePauses([...known, ...strangers], needs);
    for (const entry of await suppressions.openOf(gone)) await endPause(entry, 'gone', needs);
    const paused = await suppressions.paused();
    await compareMembers(
      paused.flatMap(({ leadId, nurture }) => (nurture.paused ? [leadId] : [])),
      needs,
    );
    await tellAdmins(repaired, needs);
    // Only now: what a run that broke off has not looked at is the next one's.
    await runs.note('pauses', now);
    observe({ what: 'pausesCompared', paused: paused.length, ...repaired });
  };
}

/** Who is paused in HubSpot and unknown to the ledger; who was erased is not written to. */
async function pausedStrangers(
  known: readonly LeadId[],
  { crm, erasures }: Pick<Needs, 'crm' | 'erasures'>,
): Promise<LeadId[]> {
  const strangers = new Set(await crm.pausedLeads());
  for (const id of known) strangers.delete(id);
  for (const id of await erasures.among([...strangers])) strangers.delete(id);
  return [...strangers];
}

/** Members whom the ledger never had are somebody else's, and stay. */
async function compareMembers(
  paused: readonly LeadId[],
  { suppressions, crm, policy, observe }: Pick<Needs, 'suppressions' | 'crm' | 'policy' | 'observe'>,
): Promise<void> {
  const segment = policy().suppression?.segment;
  if (!segment) return;
  try {
    const members = new Set(await crm.membersOf(segment));
    const add = paused.filter((id) => !members.has(id));
    for (const id of paused) members.delete(id);
    const others = await suppressions.nurtureOf([...members]);
    const remove = others.filter(({ nurture }) => nurture.liftedAt).map(({ leadId }) => leadId);
    if (add.length + remove.length > 0) await crm.changeSegment(segment, { add, remove });
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    observe({ what: 'segmentRefused', why: error.code });
  }
}

async function tellAdmins(
  { pausedAgain, resumedAgain }: Pick<Compared, 'pausedAgain' | 'resumedAgain'>,
  { outbox, runs, policy, clock }: Pick<Needs, 'outbox' | 'runs' | 'policy' | 'clock'>,
): Promise<void> {
  if (pausedAgain + resumedAgain === 0) return;
  const now = clock();
  const told = await runs.last('pauses repaired');
  if (told && told <= now && now.getTime() - told.getTime() < dayMs) return;
  const news = { kind: 'pausesRepaired', pausedAgain, resumedAgain } as const;
  await outbox.add(
    policy().admins.map((person) => ({ person, news })),
    now,
  );
  await runs.note('pauses repaired', now);
}
