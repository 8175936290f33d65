import type { Account, Lead } from '../lead/lead.ts';
import { comparable } from '../policy/compare-words.ts';
import { type Condition, check, partsOf, tellsSince } from '../policy/condition.ts';
import { conditionsOf } from '../policy/conditions-of.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * Whether a contact that changed in HubSpot deserves a whole look: it shows something that may make it qualify, or that
 * matters to a lead that is known, and that nobody has read yet. `seen` is what it is now, without earlier values;
 * `known` how it was last read whole.
 */
export function isWorthReading(seen: Lead, known: Lead | undefined, policy: Policy, now: Date): boolean {
  if (hasNewEvidence(seen, known, policy, now)) return true;
  return known !== undefined && (isNotWhatItWas(seen, known) || isOtherwise(seen, known, policy));
}

/** Whether a company is not what it was when one of its leads was read. */
export function isAnotherCompany(seen: Account, known: Account): boolean {
  const { properties: now, id: _, matchedId: __, ...facts } = seen;
  const isChanged = Object.entries(facts).some(([name, value]) => known[name as keyof Account] !== value);
  const names = new Set([...Object.keys(now), ...Object.keys(known.properties)]);
  return isChanged || [...names].some((name) => now[name] !== known.properties[name]);
}

/** Whether anything that the policy asks about who the lead is has another answer now. */
function isOtherwise(seen: Lead, known: Lead, policy: Policy): boolean {
  // What lies beside the contact is not in what is seen.
  const now = { ...seen, account: known.account, openDeals: known.openDeals };
  const isMet = (part: Condition, lead: Lead) => check(part, { lead, ...nothingElse }).met;
  return conditionsOf(policy).some(
    ({ part }) => !tellsSince(part) && isMet(part, now) !== isMet(part, known),
  );
}

const nothingElse = { trigger: null, workflows: [], spentUntil: null, freshFrom: null };

/** Only what a trigger asks for is evidence. */
function hasNewEvidence(seen: Lead, known: Lead | undefined, policy: Policy, now: Date): boolean {
  const freshFrom = new Date(now.getTime() - policy.qualification.freshWithinDays * 86_400_000);
  // Nobody sleeps who is not known.
  const all = known ? [...policy.triggers, ...policy.recycle.wake] : policy.triggers;
  const parts = all.flatMap(({ when }) => partsOf(when));
  return parts.some((part) => showsNew(part, seen, known, freshFrom));
}

function showsNew(part: Condition, seen: Lead, known: Lead | undefined, freshFrom: Date): boolean {
  const isNew = (at: Date | undefined, before: Date | undefined) =>
    at !== undefined && at >= freshFrom && at.getTime() !== before?.getTime();
  switch (part.kind) {
    case 'conversion':
    case 'anyConversion':
      return isNew(seen.conversions[0]?.at, known?.conversions[0]?.at);
    case 'stageEntered': {
      const stage = seen.lifecycleStage;
      if (!stage || !part.stages.some((name) => comparable(name) === comparable(stage))) return false;
      const at = seen.stageEnteredAt[stage];
      // HubSpot tells when one of its own stages was entered; of a custom stage only the history does, which `seen` has
      // not.
      return at ? isNew(at, known?.stageEnteredAt[stage]) : stage !== known?.lifecycleStage;
    }
    case 'scoreReached': {
      const { score } = seen;
      return (
        score !== null && score.value >= (part.range.atLeast ?? 0) && score.value !== known?.score?.value
      );
    }
    case 'scoreRose':
      return seen.score !== null && seen.score.value > (known?.score?.value ?? Number.POSITIVE_INFINITY);
    case 'page':
    case 'visitsEndingOn':
      return seen.visits !== null && seen.visits !== (known?.visits ?? null);
    default:
      return false;
  }
}

/** What a held lead may have lacked, who owns it, and whom it was merged with. */
function isNotWhatItWas(seen: Lead, known: Lead): boolean {
  const compared = ['email', 'name', 'phone', 'jobTitle', 'country', 'company', 'ownerId'] as const;
  return (
    compared.some((attribute) => seen[attribute] !== known[attribute]) ||
    Object.entries(seen.properties).some(([name, value]) => known.properties[name] !== value) ||
    seen.formerIds.some((id) => !known.formerIds.includes(id))
  );
}
