import type { HeldUp, Logged, Wanted } from '../domain/handoff/handoff.ts';
import type { PersonId } from '../domain/policy/policy.ts';
import { changeHandoff } from './change.ts';
import type { Crm, LeadChange, WriteReceipt } from './ports/crm.ts';
import type { Handoffs, HandoffView } from './ports/handoffs.ts';
import type { Clock, PolicyOf } from './ports/time.ts';

type Needs = { handoffs: Handoffs; crm: Pick<Crm, 'contactProperties'>; policyOf: PolicyOf; clock: Clock };

/** Lets a handoff know what HubSpot would not take of a write of its contact, and asks whoever it was for what it wants. */
export async function tellHeldUp(
  view: HandoffView,
  change: LeadChange,
  receipt: WriteReceipt,
  { handoffs, crm, policyOf, clock }: Needs,
): Promise<void> {
  if (!receipt.heldUp && !view.handoff.heldUp) return;
  const heldUp = await heldUpAfter(view, change, receipt, crm);
  const asked = receipt.heldUp ? whoDidIt(view) : null;
  const command = { type: 'holdUp', heldUp, asked, isOpen: false } as const;
  const cause = { by: null, at: clock(), commandId: null };
  await changeHandoff(handoffs, policyOf, view.handoff.id, command, cause);
}

/** What is held up once a change was written: what it did not touch is held up as before. */
async function heldUpAfter(
  { handoff }: HandoffView,
  change: LeadChange,
  receipt: WriteReceipt,
  crm: Pick<Crm, 'contactProperties'>,
): Promise<HeldUp | null> {
  const left = (handoff.heldUp?.fields ?? []).filter(
    // A stage is not written any more after the end.
    (field) => !(field in change) && !(field === 'lifecycleStage' && handoff.status === 'closed'),
  );
  const before = left.length > 0 ? (handoff.heldUp?.wants ?? []) : [];
  const { fields = [], wants = [] } = receipt.heldUp ?? {};
  const known = before.map(({ property }) => property);
  const added = await labelled(
    wants.filter((property) => !known.includes(property)),
    crm,
  );
  const after = { fields: [...left, ...fields], wants: [...before, ...added] };
  return after.fields.length + after.wants.length > 0 ? after : null;
}

/** As HubSpot's pages call them; by their names where nobody can tell. */
async function labelled(
  properties: readonly string[],
  crm: Pick<Crm, 'contactProperties'>,
): Promise<Wanted[]> {
  if (properties.length === 0) return [];
  const known = await crm.contactProperties();
  return properties.map((property) => ({ property, label: known?.get(property)?.label ?? property }));
}

/** Whose doing it was that was written; null: nobody's. */
function whoDidIt({ log, crm: { contactSeq } }: HandoffView): PersonId | null {
  const news: readonly Logged[] = log.filter(({ seq }) => seq > contactSeq);
  return news.findLast(({ by }) => by !== null)?.by ?? null;
}
