import { running } from '../../../../src/domain/handoff/handoff.ts';
import type { LadderAction, Policy } from '../../../../src/domain/policy/policy.ts';
import type { TestDatabase } from '../../database.ts';
import type { History } from '../history.ts';
import { type FiredTimer, isOvertaken, rungOf } from './overtaken.ts';

type Timer = FiredTimer & {
  handoffId: string;
  firedAt: Date | null;
  doneAt: Date | null;
  cancelledAt: Date | null;
};

/**
 * What is wrong with the timers: every one that came due and was not cancelled must have been fired, not before its
 * time, and have been acted on with one effect, unless something overtook it.
 */
export async function wrongTimers(
  database: TestDatabase,
  histories: readonly History[],
  policy: Policy,
  now: Date,
): Promise<string[]> {
  const timers = await readTimers(database);
  const effects = await readEffects(database);
  return histories.flatMap((history) => {
    const own = timers.filter(({ handoffId }) => handoffId === history.handoff.id);
    return own.flatMap((timer) => {
      const seqs = effects.get(timer.id) ?? [];
      const overtaken = () => isOvertaken(timer, timer.doneAt ?? now, own, history, policy);
      const wrong = timer.firedAt
        ? (wrongEnd(timer) ?? wrongEffect(timer, seqs, overtaken, history, policy))
        : wrongPending(timer, seqs, history, now);
      return wrong ? [`${nameOf(timer, policy)} ${wrong}`] : [];
    });
  });
}

async function readTimers({ prisma }: TestDatabase): Promise<Timer[]> {
  const rows = await prisma.timer.findMany({ orderBy: { id: 'asc' } });
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}

/** The places in the logs of what each timer did. */
async function readEffects({ prisma }: TestDatabase): Promise<Map<string, number[]>> {
  const rows = await prisma.handoffEvent.findMany({ where: { commandId: { startsWith: 'timer:' } } });
  const effects = new Map<string, number[]>();
  for (const { commandId, seq } of rows) {
    const id = String(commandId).slice('timer:'.length);
    effects.set(id, [...(effects.get(id) ?? []), seq]);
  }
  return effects;
}

function wrongEnd({ doneAt }: Timer): string | null {
  return doneAt ? null : 'was fired and nobody acted on it';
}

function wrongPending(timer: Timer, seqs: readonly number[], { handoff }: History, now: Date): string | null {
  if (seqs.length > 0) return 'had an effect and was not fired';
  if (timer.cancelledAt) return null;
  if (timer.dueAt <= now) return 'was never fired';
  // A lead that sleeps comes back by another handoff; some things are to come while no target runs.
  const outlives = ['revisit', 'tryAgain', 'settle'].includes(timer.action);
  const run = outlives ? handoff.clockRun : running(handoff)?.run;
  return run === timer.run ? null : 'still waits for a clock that no longer runs';
}

function wrongEffect(
  timer: Timer,
  seqs: readonly number[],
  overtaken: () => boolean,
  { steps }: History,
  policy: Policy,
): string | null {
  if (timer.firedAt && timer.firedAt < timer.dueAt) return 'was fired before its time';
  // What has a lead come back stands in the inbox, not in the log of the handoff that is over.
  if (timer.action === 'revisit') return null;
  // What a digest brings is told in a message of its own; that something can be undone no more shows on the card alone.
  if (timer.action === 'digest' || timer.action === 'settle') return null;
  if (seqs.length > 1) return `had ${seqs.length} effects`;
  const place = steps.findIndex(({ seq }) => seq === seqs[0]);
  const effect = steps[place]?.event.type;
  if (!effect) return overtaken() ? null : 'had no effect, and nothing had overtaken it';
  const before = steps[place - 1]?.after;
  if (before && running(before)?.run !== timer.run) return `led to ${effect} after its clock had stopped`;
  const expected = effectsOf(timer, policy);
  return expected.includes(effect) ? null : `led to ${effect}, expected ${expected.join(' or ')}`;
}

const rungEffects: Readonly<Record<LadderAction['do'], readonly string[]>> = {
  remind: ['reminded'],
  message: ['reminded'],
  offerToTeam: ['offeredToTeam', 'nobodyFree'],
  tellManager: ['escalated'],
  reassign: ['reassigned', 'nobodyFree'],
  tellChannel: ['channelTold'],
  mail: ['alerted'],
  webhook: ['alerted'],
};

/** Long after its time a ladder begins anew, and what was missed is noted. */
const lateEffects = ['breached', 'resumed'];

function effectsOf(timer: Timer, policy: Policy): readonly string[] {
  if (timer.action === 'wake') return ['snoozeEnded'];
  if (timer.action === 'tryAgain') return ['attemptDue'];
  if (timer.action === 'notify') return ['reminded', 'alerted'];
  const rung = rungOf(timer, policy);
  return rung ? [...rungEffects[rung.action.do], ...lateEffects] : lateEffects;
}

function nameOf(timer: Timer, policy: Policy): string {
  const what = rungOf(timer, policy)?.action.do ?? timer.action;
  const { id, clock, run, handoffId, dueAt } = timer;
  return `timer ${id} (${clock} ${run}, ${what}) of ${handoffId}, due ${dueAt.toISOString()},`;
}
