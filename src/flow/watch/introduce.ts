import type { Command } from '../../domain/handoff/decide.ts';
import { type Handoff, type HandoffId, running } from '../../domain/handoff/handoff.ts';
import { type DueIntro, decideIntro, introFor } from '../../domain/handoff/intro.ts';
import type { IntroObstacle } from '../../domain/handoff/intro-obstacle.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { changeHandoff } from '../change.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Enrolment, Sequences } from '../ports/sequences.ts';
import type { DueIntroTimer, PolicyOf, Timers } from '../ports/time.ts';
import { type TellAdmins, tellAdmins } from '../show/obstacles.ts';

type Needs = TellAdmins & {
  handoffs: Handoffs;
  timers: Timers;
  directory: Directory;
  sequences: Sequences;
  policyOf: PolicyOf;
  learnPolicyOf: (handoff: Handoff) => Promise<void>;
  observe: Observe;
};

/** `again`: an earlier attempt broke off, and may have enrolled the lead. `last`: nobody would come again. */
type Attempt = { again: boolean; last: boolean };

/** What came of an intro; null: nothing that anybody need know of. */
type Came = { note: NoteIntro } | { wait: Date } | null;

type NoteIntro = Extract<Command, { type: 'noteIntro' | 'skipIntro' }>;

/** Greets the lead of a handoff from its rep's mailbox, if the policy wants it, or notes why not. */
export function introduce(needs: Needs) {
  const { timers, clock } = needs;
  return async (handoffId: HandoffId, attempt: Attempt): Promise<void> => {
    for (const timer of await timers.firedIntros(handoffId)) {
      const came = await act(handoffId, timer, attempt, needs);
      if (came && 'wait' in came) await timers.postpone(timer.id, came.wait);
      else {
        if (came) await note(handoffId, timer, came.note, needs);
        await timers.done(timer.id, clock());
      }
    }
  };
}

async function act(
  handoffId: HandoffId,
  { run }: DueIntroTimer,
  attempt: Attempt,
  needs: Needs,
): Promise<Came> {
  const view = await needs.handoffs.view(handoffId);
  // A timer of an earlier run was for another holder, or another stage.
  if (!view || running(view.handoff)?.run !== run) return null;
  await needs.learnPolicyOf(view.handoff);
  // What goes out to people is what today's rules say: whoever takes an intro out of them has stopped it.
  const policy = { ...needs.policyOf(view.handoff), intros: needs.policy().intros };
  const intro = introFor(view.handoff, view.lead, policy);
  if (!intro) return null;
  try {
    return await greet(intro, view, policy, attempt, needs);
  } catch (error) {
    if (!attempt.last) throw error;
    return skip(intro.rep, { kind: 'unanswered' });
  }
}

async function greet(
  intro: DueIntro,
  { handoff, lead }: HandoffView,
  policy: Policy,
  { again }: Attempt,
  { handoffs, directory, sequences, clock }: Needs,
): Promise<Came> {
  const { rep, sequence } = intro;
  const ownerId = await ownerOf(rep, directory);
  if (!ownerId) return skip(rep, { kind: 'noOwner' });
  const enrolment: Enrolment = { leadId: lead.id, ownerId, email: rep, sequence };
  const done = again ? await sequences.enrolledSince(enrolment, handoff.qualifiedAt) : null;
  if (done) return sent(intro, done);
  const contact = await sequences.contact(lead.id);
  if (!contact) return null;
  const logs = (await handoffs.ofLeads([lead.id])).flatMap(({ log }) => log);
  const decision = decideIntro(intro, { handoff, lead, contact, logs }, policy, clock());
  if (decision.do === 'wait') return { wait: decision.until };
  if (decision.do === 'skip') return skip(rep, decision.why);
  const enrolled = await sequences.enrol(enrolment);
  return 'at' in enrolled ? sent(intro, enrolled.at) : skip(rep, enrolled.refused);
}

function sent({ rep, sequence }: DueIntro, at: Date): Came {
  return { note: { type: 'noteIntro', rep, sequence, at } };
}

function skip(rep: PersonId, why: IntroObstacle): Came {
  return { note: { type: 'skipIntro', rep, why } };
}

async function ownerOf(rep: PersonId, directory: Directory) {
  const person = (await directory.people()).find(({ id, active }) => id === rep && active);
  return person?.ownerId ?? null;
}

async function note(
  handoffId: HandoffId,
  timer: DueIntroTimer,
  command: NoteIntro,
  needs: Needs,
): Promise<void> {
  const cause = { by: null, at: needs.clock(), commandId: `timer:${timer.id}` };
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, handoffId, command, cause);
  if (changed?.outcome === 'changed') {
    const events = changed.events.map(({ type }) => type);
    needs.observe({ what: 'changed', handoffId, events });
  }
  if (command.type !== 'skipIntro') return;
  const { kind } = command.why;
  if (kind !== 'noScope' && kind !== 'noSeat') return;
  const rep = kind === 'noSeat' ? command.rep : null;
  await tellAdmins({ kind: 'introsBlocked', rep }, 'obstacle of intros', needs);
}
