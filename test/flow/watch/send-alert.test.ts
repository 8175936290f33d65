import { describe, expect, it } from 'vitest';
import type { LadderAction } from '../../../src/domain/policy/policy.ts';
import { sendAlert } from '../../../src/flow/watch/send-alert.ts';
import { sweep } from '../../../src/flow/watch/watch-sla.ts';
import {
  ada,
  at,
  ben,
  grace,
  lead,
  minutesAfter,
  offered,
  policy,
  respondBy,
  rung,
} from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const { id } = offered();
const pager = { name: 'pager', url: 'https://pager.example/handoffs', tells: [] } as const;

/** A lead of Ada's, on whose ladder there is one rung a minute after the answer was due. */
async function waiting(action: LadderAction, override: Parameters<typeof policy>[0] = {}): Promise<Office> {
  const ladders = { acknowledge: [rung(1, action)], touch: [] };
  const there = await office({ rules: policy({ ladders, webhooks: [pager], ...override }) });
  await there.openHandoff();
  await there.work('deliver');
  await there.sweepAt(respondBy);
  await there.sweepAt(minutesAfter(respondBy, 1));
  return there;
}

/** The rung's job, as the queue does it. */
const send = (there: Office, { last = false } = {}) => {
  const seq = there.handoff().log.findLast(({ event }) => event.type === 'alerted')?.seq;
  return sendAlert(there.needs)(`${id}:${seq}`, { last });
};
const eventsOf = (there: Office) =>
  there
    .handoff()
    .log.map(({ event }) => event.type)
    .slice(2);

describe('a rung by mail', () => {
  it.each<[string, Extract<LadderAction, { do: 'mail' }>['to'], string]>([
    ['the rep', 'rep', ada],
    ['the manager', 'manager', grace],
    ['an address', { address: 'sales@example.com' }, 'sales@example.com'],
  ])('tells %s what waits, in their own time', async (_, to, address) => {
    const there = await waiting({ do: 'mail', to });
    await send(there);
    expect(there.alerts.mails).toMatchObject([
      {
        id: `${id}:4`,
        thread: id,
        to: address,
        subject: 'Still waiting for an answer: Lena Fischer · Northwind Robotics',
      },
    ]);
    const due = to === 'rep' || to === 'manager' ? '10:15 AM' : '3:15 PM';
    expect(there.alerts.mails[0]?.text).toContain(
      `waits for an answer from Ada Okafor, which was due ${due}.`,
    );
    expect(eventsOf(there)).toEqual(['breached', 'alerted']);
  });

  it('is sent by a job that comes with the event', async () => {
    const ladders = { acknowledge: [rung(1, { do: 'mail', to: 'rep' })], touch: [] };
    const there = await office({ rules: policy({ ladders }) });
    await there.openHandoff();
    there.moveTo(minutesAfter(respondBy, 1));
    await sweep(there.needs)();
    await there.work('timer', 'alert');
    expect(there.alerts.mails).toHaveLength(1);
    expect(there.observed).toContainEqual({ what: 'alerted', handoffId: id, by: 'mail' });
  });

  it('says nothing to whoever has answered meanwhile, or has it no more', async () => {
    const answered = await waiting({ do: 'mail', to: 'rep' });
    await answered.carryOut({ type: 'accept', by: ada });
    await send(answered);
    const moved = await waiting({ do: 'mail', to: 'rep' });
    await moved.carryOut({ type: 'takeIt', by: grace });
    await send(moved);
    expect([answered.alerts.mails, moved.alerts.mails]).toEqual([[], []]);
  });

  it('has the same id when it is tried again, and what was refused is told on the card', async () => {
    const there = await waiting({ do: 'mail', to: 'rep' });
    there.alerts.mailScript.fail('send', 'lost');
    await expect(send(there)).rejects.toThrow();
    await send(there);
    expect(there.alerts.mails.map((mail) => mail.id)).toEqual([`${id}:4`, `${id}:4`]);
    there.alerts.mailScript.fail('send', 'refused');
    await send(there);
    await send(there);
    expect(eventsOf(there)).toEqual(['breached', 'alerted', 'notAlerted']);
  });

  it('is given up in the end, and that is told', async () => {
    const there = await waiting({ do: 'mail', to: 'rep' });
    there.alerts.mailScript.fail('send', 'notDone');
    await send(there, { last: true });
    expect(there.handoff().log.at(-1)?.event).toEqual({
      type: 'notAlerted',
      alert: { kind: 'mail', to: ada },
      why: 'it does not answer',
    });
  });

  it('keeps marks of HTML, and lines, of a lead’s name to itself', async () => {
    const there = await office({
      rules: policy({ ladders: { acknowledge: [rung(1, { do: 'mail', to: 'rep' })], touch: [] } }),
    });
    await there.openHandoff(lead({ name: '<img src=x>\r\nBcc: all@example.com "&' }));
    await there.sweepAt(minutesAfter(respondBy, 1));
    await send(there);
    const [mail] = there.alerts.mails;
    expect(mail?.html).toContain('&lt;img src=x&gt; Bcc: all@example.com &quot;&amp;');
    expect(mail?.subject).not.toMatch(/[\r\n]/);
  });
});

describe('a rung by webhook', () => {
  it('tells another system that a lead waits, and nothing of anybody', async () => {
    const there = await waiting({ do: 'webhook', name: 'pager' });
    await send(there);
    expect(there.alerts.calls).toEqual([
      {
        id: `${id}:4`,
        url: 'https://pager.example/handoffs',
        body: {
          event: 'handoff.waiting',
          event_action: 'trigger',
          dedup_key: `${id}:acknowledge`,
          summary: 'A lead waits for an answer: Demo request',
          severity: 'error',
          handoff: {
            id,
            trigger: 'demo_request',
            waits_for: 'answer',
            due_at: respondBy.toISOString(),
            late: true,
          },
        },
      },
    ]);
  });

  it('is called once more when the lead waits no longer, with the same key and nothing of anybody', async () => {
    const there = await waiting({ do: 'webhook', name: 'pager' });
    await send(there);
    await there.carryOut({ type: 'accept', by: ada });
    await there.work('alert');
    expect(there.alerts.calls.slice(1)).toEqual([
      {
        id: `${id}:4:over`,
        url: 'https://pager.example/handoffs',
        body: {
          event: 'handoff.waiting_over',
          event_action: 'resolve',
          dedup_key: `${id}:acknowledge`,
          summary: 'A lead no longer waits for an answer: Demo request',
          handoff: { id, trigger: 'demo_request', waits_for: 'answer' },
        },
      },
    ]);
    expect(there.handoff().handoff.called).toBeUndefined();
  });

  it('is called once more also when nobody saw that it had been told', async () => {
    const there = await waiting({ do: 'webhook', name: 'pager' });
    there.alerts.webhookScript.fail('call', 'lost');
    await expect(send(there)).rejects.toThrow();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await send(there);
    expect(there.alerts.calls.map((call) => call.id)).toEqual([`${id}:4`, `${id}:4:over`]);
  });

  it('is not told that it is over when the accept was taken back, or the next rep waits with it', async () => {
    const undone = await waiting({ do: 'webhook', name: 'pager' });
    await send(undone);
    await undone.carryOut({ type: 'accept', by: ada });
    await undone.carryOut({ type: 'undo', by: ada, isElsewhere: false });
    await undone.work('alert');
    expect(new Set(undone.alerts.calls.map((call) => call.id))).toEqual(new Set([`${id}:4`]));

    const moved = await waiting({ do: 'webhook', name: 'pager' });
    await send(moved);
    await moved.carryOut({ type: 'reassign', by: grace, to: ben });
    const { respondBy: due } = moved.handoff().handoff;
    await moved.sweepAt(due);
    await moved.sweepAt(minutesAfter(due, 1));
    await send(moved);
    await sendAlert(moved.needs)(`${id}:4`, { last: false });
    const told = moved.alerts.calls.map(({ id: call, body }) => [
      call,
      'event_action' in body && body.event_action,
    ]);
    expect(told).toEqual([
      [`${id}:4`, 'trigger'],
      [expect.any(String), 'trigger'],
    ]);
  });

  it('that cannot be told that it is over says nothing on the card', async () => {
    const there = await waiting({ do: 'webhook', name: 'pager' });
    await send(there);
    await there.carryOut({ type: 'accept', by: ada });
    there.alerts.webhookScript.fail('call', 'refused');
    await send(there);
    expect(eventsOf(there)).toEqual(['breached', 'alerted', 'accepted']);
    expect(there.observed.at(-1)).toMatchObject({ what: 'notAlerted', by: 'webhook' });
  });

  it('tells what the policy lets it tell', async () => {
    const webhooks = [{ ...pager, tells: ['lead', 'company', 'rep'] as const }];
    const there = await waiting({ do: 'webhook', name: 'pager' }, { webhooks });
    await send(there);
    expect(there.alerts.calls[0]?.body).toMatchObject({
      handoff: { rep: ada },
      lead: { id: '501', name: 'Lena Fischer' },
      company: 'Northwind Robotics',
    });
  });

  it('calls nothing that the policy does not have any more', async () => {
    const there = await waiting({ do: 'webhook', name: 'pager' });
    there.adopt({ ...there.needs.policy(), webhooks: [] });
    await send(there);
    expect(there.alerts.calls).toEqual([]);
    expect(there.handoff().log.at(-1)?.event).toMatchObject({
      type: 'notAlerted',
      why: 'the policy has no such webhook any more',
    });
  });
});

it('an alert of a handoff that is gone is nothing to do', async () => {
  const there = await office({ now: at('15:00') });
  await sendAlert(there.needs)(`${id}:4`, { last: false });
  expect(there.alerts.mails).toEqual([]);
});
