import { alertMail } from '../../domain/card/alert-mail.ts';
import { webhookBody } from '../../domain/card/webhook-body.ts';
import { type HandoffEvent, running } from '../../domain/handoff/handoff.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { wordsIn } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { namesOf } from '../people/people.ts';
import { alertKey, type Mailer, readAlertKey, type Webhooks } from '../ports/alerts.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  mailer: Mailer;
  webhooks: Webhooks;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

type Alerted = Extract<HandoffEvent, { type: 'alerted' }>;

/**
 * Tells somebody by mail, or another system, that a lead waits: what the log says, as long as it is so. Every attempt bears
 * the same id, so that one that arrived though nobody saw its end is recognised.
 * @param last nobody would come again: that it could not be told is noted then
 */
export function sendAlert(needs: Needs) {
  return async (key: string, { last }: { last: boolean }): Promise<void> => {
    const { handoffId, seq } = readAlertKey(key);
    const view = await needs.handoffs.view(handoffId);
    const event = view?.log.find((entry) => entry.seq === seq)?.event;
    if (!view || event?.type !== 'alerted' || !isStillSo(event, view)) return;
    const { kind } = event.alert;
    try {
      await send(alertKey(handoffId, seq), event, view, needs);
      needs.observe({ what: 'alerted', handoffId, by: kind });
    } catch (error) {
      if (!(error instanceof PermanentFailure) && !last) throw error;
      const why =
        error instanceof PermanentFailure ? (error.why ?? error.code) : ({ kind: 'noAnswer' } as const);
      needs.observe({ what: 'notAlerted', handoffId, by: kind, why: whyForOperators(why) });
      const command = { type: 'noteNotAlerted', alert: event.alert, why } as const;
      const cause = { by: null, at: needs.clock(), commandId: `notAlerted:${seq}` };
      await changeHandoff(needs.handoffs, needs.policyOf, handoffId, command, cause);
    }
  };
}

/** Whoever has answered meanwhile, or has given the lead away, is left in peace. */
function isStillSo({ clock, rep }: Alerted, { handoff }: HandoffView): boolean {
  const ticking = running(handoff);
  return ticking?.clock === clock && ticking.rep === rep;
}

async function send(
  id: string,
  alerted: Alerted,
  { handoff, lead }: HandoffView,
  needs: Needs,
): Promise<void> {
  const { alert } = alerted;
  const now = needs.clock();
  if (alert.kind === 'mail') {
    const names = namesOf(await needs.directory.people());
    const policy = needs.policyOf(handoff);
    const { to } = alert;
    const { trigger } = handoff;
    const mail = alertMail({
      alerted,
      to,
      lead,
      trigger,
      policy,
      names,
      words: wordsIn(policy.language),
      now,
    });
    return needs.mailer.send({ ...mail, id, thread: handoff.id, to });
  }
  // Which systems there are is what today's rules say: one that was taken out of them is told nothing more.
  const policy = needs.policy();
  const webhook = policy.webhooks.find(({ name }) => name === alert.name);
  if (!webhook) {
    const why = 'the policy has no such webhook any more';
    throw new PermanentFailure(`${alert.name} is unknown`, { code: 'unknown_webhook', why });
  }
  const body = webhookBody(alerted, handoff, lead, webhook, policy, now);
  return needs.webhooks.call({ id, url: webhook.url, body });
}
