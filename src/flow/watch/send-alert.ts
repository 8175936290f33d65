import { alertMail } from '../../domain/card/alert-mail.ts';
import { webhookBody, webhookBodyWhenOver } from '../../domain/card/webhook-body.ts';
import { type HandoffEvent, running } from '../../domain/handoff/handoff.ts';
import type { Policy, Webhook } from '../../domain/policy/policy.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { wordsIn } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { namesOf } from '../people/people.ts';
import { type Mailer, readAlertKey, type Webhooks } from '../ports/alerts.ts';
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
 * Tells somebody by mail, or another system, that a lead waits: what the log says, as long as it is so. A webhook is told as
 * well when it is so no more, whether or not anybody saw that it had been told. Every attempt bears the same id, so that one
 * that arrived though nobody saw its end is recognised.
 * @param last nobody would come again: that it could not be told is noted then
 */
export function sendAlert(needs: Needs) {
  return async (key: string, { last }: { last: boolean }): Promise<void> => {
    const { handoffId, seq } = readAlertKey(key);
    const view = await needs.handoffs.view(handoffId);
    const event = view?.log.find((entry) => entry.seq === seq)?.event;
    if (!view || event?.type !== 'alerted') return;
    const { kind } = event.alert;
    const isOver = !isStillSo(event, view);
    try {
      if (!isOver) {
        await tell(key, event, view, needs);
        needs.observe({ what: 'alerted', handoffId, by: kind });
      } else if (await tellOver(key, event, view, needs)) {
        needs.observe({ what: 'alertOver', handoffId });
      }
    } catch (error) {
      if (!(error instanceof PermanentFailure) && !last) throw error;
      const why =
        error instanceof PermanentFailure ? (error.why ?? error.code) : ({ kind: 'noAnswer' } as const);
      needs.observe({ what: 'notAlerted', handoffId, by: kind, why: whyForOperators(why) });
      if (isOver) return;
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

async function tell(
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
  const policy = needs.policy();
  const webhook = webhookOf(alert.name, policy);
  if (!webhook) {
    const why = 'the policy has no such webhook any more';
    throw new PermanentFailure(`${alert.name} is unknown`, { code: 'unknown_webhook', why });
  }
  const body = webhookBody(alerted, handoff, lead, webhook, policy, now);
  return needs.webhooks.call({ id, url: webhook.url, body });
}

/** @returns whether there was anybody to tell: a mail is not taken back */
async function tellOver(id: string, alerted: Alerted, view: HandoffView, needs: Needs): Promise<boolean> {
  const policy = needs.policy();
  const webhook = alerted.alert.kind === 'webhook' && webhookOf(alerted.alert.name, policy);
  if (!webhook || isToldAnew(alerted, webhook, view)) return false;
  const body = webhookBodyWhenOver(alerted, view.handoff, policy);
  await needs.webhooks.call({ id: `${id}:over`, url: webhook.url, body });
  return true;
}

/** Which systems there are is what today's rules say: one that was taken out of them is told nothing more. */
function webhookOf(name: string, policy: Policy): Webhook | undefined {
  return policy.webhooks.find((webhook) => webhook.name === name);
}

/** Whether the lead waits for the same with somebody else by now, and the same system knows: it is the same key. */
function isToldAnew({ clock }: Alerted, { name }: Webhook, { handoff, log }: HandoffView): boolean {
  return log.some(
    ({ seq, event }) =>
      handoff.called?.includes(seq) &&
      event.type === 'alerted' &&
      event.clock === clock &&
      event.alert.kind === 'webhook' &&
      event.alert.name === name,
  );
}
