import type { HeldUp, Logged, Wanted } from '../domain/handoff/handoff.ts';
import { denial } from '../domain/handoff/rights.ts';
import { chatsOf } from '../domain/policy/people-of.ts';
import type { PersonId } from '../domain/policy/policy.ts';
import { type FormNeeds, makeForm } from './answer/make-form.ts';
import { shownForm } from './answer/prepare-form.ts';
import { changeHandoff } from './change.ts';
import { wordsFor } from './people/words-of.ts';
import type { Crm, LeadChange, WriteReceipt } from './ports/crm.ts';
import type { HandoffView } from './ports/handoffs.ts';
import type { StillThere } from './still-there.ts';

type Needs = FormNeeds & { stillThere: StillThere };

/** Lets a handoff know what HubSpot would not take of a write of its contact, and asks whoever it was for what it wants. */
export async function tellHeldUp(
  view: HandoffView,
  change: LeadChange,
  receipt: WriteReceipt,
  needs: Needs,
): Promise<void> {
  if (!receipt.heldUp && !view.handoff.heldUp) return;
  const { handoffs, crm, policyOf, clock } = needs;
  const heldUp = await heldUpAfter(view, change, receipt, crm);
  const asked = receipt.heldUp ? whoDidIt(view) : null;
  const isOpen = heldUp && asked ? await askAtOnce(view, heldUp, asked, needs) : false;
  const command = { type: 'holdUp', heldUp, asked, isOpen } as const;
  const cause = { by: null, at: clock(), commandId: null };
  await changeHandoff(handoffs, policyOf, view.handoff.id, command, cause);
}

/** Opens the form by itself for whoever has pressed the button a moment ago. */
async function askAtOnce(
  { handoff: before, lead }: HandoffView,
  heldUp: HeldUp,
  asked: PersonId,
  needs: Needs,
): Promise<boolean> {
  const { directory, policyOf, stillThere, clock } = needs;
  const view = { handoff: { ...before, heldUp }, lead };
  const policy = policyOf(before);
  if (denial('fillIn', asked, view.handoff, policy)) return false;
  return stillThere.ask(before.id, asked, async () => {
    const people = await directory.people();
    // It opens where they press: in the chat in which they read.
    const [platform = 'slack'] = chatsOf(policy, asked).inOrder;
    const words = wordsFor(asked, platform, { people, policy });
    const form = await makeForm(view, 'fillIn', {}, { people, words }, needs);
    return form && shownForm(form, view, { policy, now: clock() });
  });
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
export async function labelled(
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
