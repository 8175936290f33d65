import { faultOf } from '../../domain/card/answers.ts';
import type { Answers, Asked } from '../../domain/card/form.ts';
import { heldUpWords } from '../../domain/card/held-up.ts';
import { portalField, shownOf, writtenFor } from '../../domain/card/portal-field.ts';
import type { FilledIn, HandoffId, HeldUp } from '../../domain/handoff/handoff.ts';
import { denial } from '../../domain/handoff/rights.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { oneLine } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { ownersOf } from '../people/owners.ts';
import type { AnswersReceipt, Crm, LeadChange } from '../ports/crm.ts';
import type { Cause, Changed, Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import type { PolicyOf } from '../ports/time.ts';
import { labelled } from '../tell-held-up.ts';
import { heldUpChange } from '../write-back-plan.ts';
import { askedIn } from './asked-properties.ts';
import type { Wrong } from './check-form.ts';
import { hubspotIsAway } from './unknown.ts';

type Needs = { handoffs: Handoffs; directory: Directory; crm: Crm; policyOf: PolicyOf };

/** What somebody filled in, in the form of what HubSpot wants or of what the policy lets them set. */
export type Update = { type: 'fillIn' | 'update'; by: PersonId; answers: Answers };

/**
 * Writes to HubSpot at once what somebody filled in, with what it would not take before, and then notes it: whoever filled
 * it in is still there to mend what HubSpot will not have. Null: no such handoff.
 */
export async function updateLead(
  needs: Needs,
  id: HandoffId,
  { type, by, answers }: Update,
  cause: Cause,
  words: Words,
): Promise<Changed | Wrong | null> {
  const { handoffs, directory, policyOf } = needs;
  const view = await handoffs.view(id);
  if (!view) return null;
  const { handoff } = view;
  const policy = policyOf(handoff);
  const refusal = denial(type, by, handoff, policy);
  if (refusal) return { outcome: 'refused', refusal, handoff };
  const asked = await askedIn(type, view, policy, needs).catch(hubspotIsAway);
  if (asked === 'away' || asked === undefined) return { text: words.line('done.hubspotAway'), field: null };
  const values = readAnswers(asked, answers, { required: type === 'fillIn', words });
  if ('text' in values) return values;
  if (values.length === 0 && !handoff.heldUp) return { outcome: 'repeated', handoff };

  const waiting = heldUpChange(view, ownersOf(await directory.people()));
  const written = await write(view, values, waiting, words, needs).catch(hubspotIsAway);
  if (written === 'away') return { text: words.line('done.hubspotAway'), field: null };
  if (written !== null && 'text' in written) return written;
  const command = { type, by, values, heldUp: written };
  const changed = await changeHandoff(handoffs, policyOf, id, command, cause);
  if (handoff.heldUp && !written) await noteTaken(view, waiting, handoffs);
  return changed;
}

/** What HubSpot does not have yet of the answers, or what is wrong with one of them. */
function readAnswers(
  { properties, values }: Asked,
  answers: Answers,
  { required, words }: { required: boolean; words: Words },
): FilledIn[] | Wrong {
  const given: FilledIn[] = [];
  for (const property of properties) {
    const { name, label } = property;
    const before = values[name] ?? '';
    const answer = answers[name];
    if (required && !answer?.trim()) return { field: name, text: words.line('faults.wanted') };
    if (answer === undefined) continue;
    const fault = faultOf(portalField(property, before), answer, words);
    if (fault) return { field: name, text: fault };
    const value = writtenFor(property, answer, before);
    if (value !== null) given.push({ property: name, label, value, shown: shownOf(property, value) });
  }
  return given;
}

/** @returns what HubSpot still would not take; or what is wrong with the values, of which none is written then */
async function write(
  { handoff, lead }: HandoffView,
  given: readonly FilledIn[],
  waiting: LeadChange,
  words: Words,
  { crm }: Needs,
): Promise<HeldUp | Wrong | null> {
  const values = Object.fromEntries(given.map(({ property, value }) => [property, value]));
  const together = await crm.writeAnswers(lead.id, values, waiting);
  if (together.taken) return null;
  const wrong = wrongIn(together, given, words);
  if (wrong) return wrong;
  const wants = await labelled(together.wants, crm);
  if (!handoff.heldUp) return { field: null, text: heldUpWords({ fields: [], wants }, words) };
  if (given.length > 0) {
    // What waited waits on; what was filled in need not.
    const alone = await crm.writeAnswers(lead.id, values, {});
    const wrongAlone = alone.taken ? null : wrongIn(alone, given, words);
    if (wrongAlone) return wrongAlone;
    if (!alone.taken) return { field: null, text: heldUpWords({ fields: [], wants }, words) };
  }
  return { ...handoff.heldUp, wants };
}

function wrongIn(
  { faults }: Extract<AnswersReceipt, { taken: false }>,
  given: readonly FilledIn[],
  words: Words,
): Wrong | null {
  const fault = faults.find(({ property }) => given.some((one) => one.property === property));
  if (!fault) return null;
  const why = fault.why && oneLine(fault.why, sentenceMaxLength);
  return {
    field: fault.property,
    text: why ? words.line('faults.hubspotSays', { why }) : words.line('faults.notTaken'),
  };
}

/** HubSpot lists all options of a property after a wrong one. */
const sentenceMaxLength = 200;

async function noteTaken(
  { handoff: { id: handoffId }, lead: { id: leadId } }: HandoffView,
  { ownerId }: LeadChange,
  handoffs: Handoffs,
): Promise<void> {
  const owner = ownerId && { ownerId };
  await handoffs.noteWritten([{ handoffId, leadId, refused: [], ...owner, touchIds: new Map(), job: null }]);
}
