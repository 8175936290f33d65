import { createHash } from 'node:crypto';
import type { Refusal } from '../../domain/handoff/decide.ts';
import { touchSorts } from '../../domain/handoff/touch-sort.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
import { type Line, person, plain } from '../../domain/words/line.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import { ownersOf } from '../people/owners.ts';
import { namesOf } from '../people/people.ts';
import type { Act } from '../ports/chat.ts';
import type { Crm } from '../ports/crm.ts';
import { PermanentFailure, TemporaryFailure } from '../ports/failure.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

type Needs = { handoffs: Handoffs; directory: Directory; crm: Crm; policyOf: PolicyOf; clock: Clock };

/**
 * Keeps what somebody wrote into a form while the lead went to another, or its handoff ended: as a note of theirs on the lead
 * in HubSpot, once, however often they send it. Nobody writes so about a lead that was never theirs.
 * @returns what became of it, for whoever wrote it; null when there was nothing to keep
 */
export async function keepTyped(
  act: Act,
  refusal: Refusal,
  { by, handoffId, words }: { by: PersonId; handoffId: string; words: Words },
  needs: Needs,
): Promise<Line | null> {
  const isOvertaken = refusal.refused === 'notYours' || refusal.refused === 'closed';
  if (!isOvertaken || act.type !== 'submit' || !act.values['note']?.trim()) return null;
  const view = await needs.handoffs.view(handoffId);
  if (!view || !wasTheirs(view, by, needs)) return null;
  const { handoff, lead } = view;
  const people = await needs.directory.people();
  const names = namesOf(people);
  const inHouse = wordsIn(needs.policyOf(handoff).language);
  const who = person(by, names);
  const about =
    handoff.status === 'closed'
      ? inHouse.line('forms.wroteAfterEnd', { who })
      : inHouse.line('forms.wroteAfterMove', { who, holder: person(handoff.assignment.rep, names) });
  const wrote = wroteIn(act, inHouse);
  const written = await needs.crm
    .writeNote({
      id: idOf([handoffId, by, wrote]),
      handoffId,
      leadId: lead.id,
      accountId: lead.account?.id ?? null,
      ownerId: ownersOf(people).get(by) ?? null,
      text: [plain(about), wrote].join('\n'),
      at: needs.clock(),
    })
    .then(() => true, notTaken);
  return words.line(written ? 'forms.keptAsNote' : 'forms.notKept');
}

/** Whoever wrote it has it still, and is told. */
function notTaken(error: unknown): false {
  if (error instanceof TemporaryFailure || error instanceof PermanentFailure) return false;
  throw error;
}

function wasTheirs({ handoff, log }: HandoffView, by: PersonId, { policyOf }: Needs): boolean {
  const hadIt = log.some(({ event }) => 'assignment' in event && event.assignment.rep === by);
  return hadIt || decidesOver(policyOf(handoff), handoff.assignment, by);
}

/** With what they did, where the form asked that. */
function wroteIn({ values }: Extract<Act, { type: 'submit' }>, words: Words): string {
  const did = touchSorts.find((sort) => sort === values['did']);
  const note = values['note']?.trim() ?? '';
  return did ? [words.text(`touch.${did}`), note].join('\n') : note;
}

/** The same words of the same person are the same note: a UUID of them. */
function idOf(parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
