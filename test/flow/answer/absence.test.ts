import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { comeBack, goAway } from '../../../src/flow/answer/absence.ts';
import type { Reply } from '../../../src/flow/ports/chat.ts';
import { ada, at, ben, chloe, farah, grace, lead, stranger } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';
import { letWait } from '../contracts/settling.ts';

/** What somebody is told, title first. */
function told(reply: Reply | { wrong: string }): string[] {
  if ('wrong' in reply) return [reply.wrong];
  return [reply.title, ...reply.sections.flatMap((s) => (s.kind === 'text' ? [plain(s.text)] : []))];
}

const rest =
  'What you have not answered goes to others if it cannot wait; what you have accepted stays yours.';

const awayIn = async (there: Office, person = ada) =>
  (await there.needs.directory.absences(there.needs.clock())).get(person);

describe('somebody who goes away', () => {
  it('takes no leads until the morning of a day, in their own zone', async () => {
    const there = await office();
    expect(told(await goAway(ada, 'until friday', there.needs))).toEqual([
      'You are out of office',
      `No new leads for you until 05:00 UTC. ${rest}`,
    ]);
    const until = new Date('2026-03-06T05:00:00Z');
    expect(await awayIn(there)).toEqual([{ from: at('15:00:02'), until, why: 'out of office' }]);
    await goAway(farah, 'tomorrow', there.needs);
    expect(await awayIn(there, farah)).toMatchObject([{ until: new Date('2026-03-03T18:30:00Z') }]);
  });

  it('takes no leads until a time of the day, or for the rest of it', async () => {
    const there = await office();
    await goAway(ada, '14:00', there.needs);
    expect(await awayIn(there)).toMatchObject([{ until: at('19:00') }]);
    await goAway(ada, 'today until 4pm', there.needs);
    expect(await awayIn(there)).toMatchObject([{ until: at('21:00') }]);
    await goAway(ada, 'today', there.needs);
    expect(await awayIn(there)).toMatchObject([{ until: new Date('2026-03-04T05:00:00Z') }]);
  });

  it('takes none until they are back, when they say no day', async () => {
    const there = await office();
    expect(told(await goAway(ada, '', there.needs))).toEqual([
      'You are out of office',
      `No new leads for you until you say that you are back. ${rest}`,
    ]);
    expect(await awayIn(there)).toMatchObject([{ until: null }]);
  });

  it('changes their mind: the last word counts', async () => {
    const there = await office();
    await goAway(ada, '', there.needs);
    await goAway(ada, '2 days', there.needs);
    expect(await awayIn(there)).toMatchObject([{ until: new Date('2026-03-05T05:00:00Z') }]);
  });

  it('is asked again when nobody understands until when, and stays where they are', async () => {
    const there = await office();
    const say = 'Say today, tomorrow 14:00, friday, 3 days or a date such as 2030-12-24.';
    const table = [
      ['yesterday', `I do not understand until when "yesterday" is. ${say}`],
      ['a while', `I do not understand until when "a while" is. ${say}`],
      ['14', 'I do not know what "14" counts. Say a time such as 14:00 or 2pm, or "14 days".'],
      ['2026-03-03', `"2026-03-03" has passed. ${say}`],
      ['7:00', '7:00 has passed today: say "tomorrow 7:00".'],
      ['today until 7am', '7am has passed today: say "tomorrow 7am".'],
    ];
    for (const [words = '', answer] of table) {
      expect(told(await goAway(ada, words, there.needs))).toEqual([answer]);
    }
    expect(await awayIn(there)).toBeUndefined();
  });

  it('counts in UTC when the policy knows no hours of theirs', async () => {
    const there = await office();
    await goAway(stranger, 'tomorrow', there.needs);
    expect(await awayIn(there, stranger)).toMatchObject([{ until: new Date('2026-03-04T00:00:00Z') }]);
  });
});

describe('somebody who comes back', () => {
  it('takes leads again at once, and hears so', async () => {
    const there = await office();
    await goAway(ada, '2 weeks', there.needs);
    there.passMinutes(60);
    expect(told(await comeBack(ada, there.needs))).toEqual([
      'Welcome back',
      'You take leads again. You get your usual share, and none of those you missed.',
    ]);
    expect(await awayIn(there)).toMatchObject([{ from: at('15:00:02'), until: at('16:00:02') }]);
  });

  it('was set away for silence, and counts from nothing again', async () => {
    const there = await office();
    const silent = { from: at('14:00'), until: null, why: 'let 3 cards in a row pass' };
    await there.needs.directory.saveAbsences(ada, 'silence', [silent], at('14:00'));
    there.kept.missed.set(ada, 3);
    expect(told(await comeBack(ada, there.needs))[0]).toBe('Welcome back');
    expect(await awayIn(there)).toEqual([{ ...silent, until: at('15:00:02') }]);
    expect(await there.needs.directory.missedInRow(ada)).toBe(0);
  });

  it('has every lead looked at again that waits for somebody', async () => {
    const there = await office();
    const hold = { leadId: '777', since: at('14:00'), because: 'nobody is free', until: at('18:00') };
    await letWait(there.needs, hold);
    await goAway(ada, '', there.needs);
    expect(there.kept.jobs.keys()).toEqual([]);
    await comeBack(ada, there.needs);
    expect(there.kept.jobs.keys()).toEqual(['intake:777']);
  });

  it('hears that HubSpot still has them away', async () => {
    const there = await office();
    const vacation = { from: at('09:00'), until: at('20:00'), why: 'Vacation' };
    await there.needs.directory.saveAbsences(ada, 'hubspot', [vacation], at('09:00'));
    expect(told(await comeBack(ada, there.needs))).toEqual([
      'HubSpot still has you away',
      'Change it in your HubSpot profile: Vacation.',
    ]);
    expect(await awayIn(there)).toEqual([vacation]);
  });

  it('is welcome when what HubSpot has is yet to come', async () => {
    const there = await office();
    const vacation = { from: at('18:00'), until: at('20:00'), why: 'Vacation' };
    await there.needs.directory.saveAbsences(ada, 'hubspot', [vacation], at('09:00'));
    expect(told(await comeBack(ada, there.needs))[0]).toBe('Welcome back');
  });

  it('who was never away is welcome all the same', async () => {
    expect(told(await comeBack(ada, (await office()).needs))[0]).toBe('Welcome back');
  });
});

describe('the leads that somebody has who goes away', () => {
  it('go to others when they are not answered and cannot wait', async () => {
    const there = await office();
    await there.openHandoff();
    await goAway(ada, 'friday', there.needs);
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('stay theirs when they are accepted, due as much later as they are away, and no later than that', async () => {
    const there = await office();
    await there.openHandoff();
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'accept', by: ada });
    await goAway(ada, 'tomorrow', there.needs);
    const tomorrow = new Date('2026-03-04T15:00:00Z');
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: tomorrow });
    there.moveTo(at('15:35'));
    await comeBack(ada, there.needs);
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: at('16:35') });
    expect(there.handoff().log.slice(2)).toMatchObject([
      { event: { type: 'rescheduled', due: tomorrow, manager: grace } },
      { event: { type: 'rescheduled', due: at('16:35'), why: 'other working hours', manager: null } },
    ]);
  });

  it('stay as they are when nobody knows for how long, but for those that are not answered', async () => {
    const there = await office();
    await there.openHandoff();
    await there.carryOut({ type: 'accept', by: ada });
    await goAway(ada, '', there.needs);
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: at('16:00:02') });
  });
});

it('the turns go to the others meanwhile, and nobody is given what they missed', async () => {
  const there = await office();
  const next = async (id: string) => {
    there.crm.contacts.set(id, lead({ id }));
    await there.arrive(id);
    await takeInAlone(there.needs)(id);
    const found = [...there.kept.handoffs.values()].find(({ handoff }) => handoff.leadId === id);
    return found?.handoff.assignment.rep;
  };
  await goAway(ada, '', there.needs);
  expect([await next('1'), await next('2'), await next('3'), await next('4')]).toEqual([
    ben,
    chloe,
    ben,
    chloe,
  ]);
  await comeBack(ada, there.needs);
  expect([await next('5'), await next('6'), await next('7'), await next('8')]).toEqual([
    ada,
    ben,
    chloe,
    ada,
  ]);
});
