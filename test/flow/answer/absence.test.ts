import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../../src/domain/policy/people-of.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { ooo } from '../../../src/flow/answer/absence.ts';
import { comeBack } from '../../../src/flow/answer/come-back.ts';
import type { Reply } from '../../../src/flow/ports/chat.ts';
import { ada, assignment, at, ben, chloe, farah, grace, lead, stranger } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';
import { letWait } from '../contracts/settling.ts';

const words = wordsIn('en');

/** What somebody is told, title first. */
function told(reply: Reply): string[] {
  return [reply.title, ...reply.sections.flatMap((s) => (s.kind === 'text' ? [plain(s.text)] : []))];
}

/** The labels of the buttons below it. */
const buttons = ({ actions = [] }: Reply) => actions.map(({ label }) => label);

const awayIn = async (there: Office, person = ada) =>
  (await there.needs.directory.absences(there.needs.clock())).get(person);

const ask = (there: Office, said: string, person = ada) => ooo(person, said, words, there.needs);

/** Presses the button with this label. */
async function press(there: Office, reply: Reply, label: string, person = ada): Promise<Reply> {
  const action = reply.actions?.find((one) => one.label === label);
  if (action?.kind !== 'say') return expect.fail(`no button ${label}: ${buttons(reply).join(', ')}`);
  const [verb, ...rest] = action.words.split(' ');
  return verb === 'back' ? comeBack(person, words, there.needs) : ask(there, rest.join(' '), person);
}

const goAway = async (there: Office, said: string, person = ada) =>
  press(there, await ask(there, said, person), 'Go Away', person);

describe('somebody who wants to go away', () => {
  it('is asked first, and nothing happens before they press', async () => {
    const there = await office();
    await there.openHandoff();
    const asked = await ask(there, 'until friday');
    expect(told(asked)).toEqual([
      'Pause your leads?',
      'Away from now until 14:00 UTC. 1 unanswered lead would go to somebody else: Lena Fischer.',
    ]);
    expect(buttons(asked)).toEqual(['Go Away', 'From Tomorrow', 'Cancel']);
    expect(await awayIn(there)).toBeUndefined();
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
    expect(told(await press(there, asked, 'Cancel'))).toEqual([
      'Nothing changed',
      'You take leads as before.',
    ]);
    expect(await awayIn(there)).toBeUndefined();
  });

  it('reads what stays with them: what is accepted, and what nobody else can take', async () => {
    const there = await office();
    // Whoever takes what nobody else can.
    await there.openHandoff(lead(), { assignment: { ...assignment(), rep: grace } });
    for (const other of peopleOf(there.needs.policy())) if (other !== grace) await goAway(there, '', other);
    expect(told(await ask(there, 'friday', grace))[1]).toContain(
      'Lena Fischer stays with you: nobody else can take it now.',
    );
    await there.carryOut({ type: 'accept', by: grace });
    expect(told(await ask(there, 'friday', grace))[1]).toBe(
      'Away from now until 14:00 UTC. No lead waits for your answer. What you have accepted stays yours.',
    );
  });

  it('is offered tomorrow only where that is not too late', async () => {
    const there = await office();
    expect(buttons(await ask(there, 'today'))).toEqual(['Go Away', 'From Tomorrow', 'Cancel']);
    expect(buttons(await ask(there, '14:00'))).toEqual(['Go Away', 'Cancel']);
    expect(buttons(await ask(there, 'from tomorrow until friday'))).toEqual(['Go Away', 'Cancel']);
  });

  it('is asked anew when they press long after', async () => {
    const there = await office();
    const asked = await ask(there, 'friday');
    there.passMinutes(16);
    const again = await press(there, asked, 'Go Away');
    expect(again.title).toBe('Pause your leads?');
    expect(await awayIn(there)).toBeUndefined();
    expect((await press(there, again, 'Go Away')).title).toBe('You are away');
  });

  it('and presses after that time is over is told so', async () => {
    const there = await office();
    const asked = await ask(there, '10:10');
    there.passMinutes(11);
    expect(told(await press(there, asked, 'Go Away'))[1]).toContain('That would have been until 15:10 UTC.');
    expect(await awayIn(there)).toBeUndefined();
  });

  const table: [said: string, title: string, first: string][] = [
    ['yesterday', 'I don\'t know until when "yesterday" is. Try one of these:', 'Tomorrow'],
    ['14', '"14" what? Try one of these:', 'At 14:00'],
    ['2026-03-03', '"2026-03-03" has passed. Try one of these:', 'Tomorrow'],
    ['7:00', '"7:00" has passed. Try one of these:', 'Tomorrow, 7:00'],
    ['today until 7am', '"today until 7am" has passed. Try one of these:', 'Tomorrow, 7am'],
    [
      'from friday until 2026-03-04',
      '"from friday until 2026-03-04" ends before it begins. Try one of these:',
      'Tomorrow',
    ],
    ['go nowhere', 'I don\'t know until when "go nowhere" is. Try one of these:', 'Tomorrow'],
  ];
  it.each(table)('"%s" is answered with what could be meant', async (said, title, first) => {
    const there = await office();
    const answer = await ask(there, said);
    expect([answer.title, buttons(answer)[0]]).toEqual([title, first]);
    expect((await press(there, answer, first)).title).toBe('Pause your leads?');
    expect(await awayIn(there)).toBeUndefined();
  });
});

describe('somebody who goes away', () => {
  it('takes no leads until they begin to work on a day, in their own zone', async () => {
    const there = await office();
    expect(told(await goAway(there, 'until friday'))).toEqual([
      'You are away',
      'Until 14:00 UTC no new leads come to you.',
    ]);
    const until = new Date('2026-03-06T14:00:00Z');
    expect(await awayIn(there)).toEqual([{ from: at('15:00:02'), until, why: { kind: 'outOfOffice' } }]);
    await goAway(there, 'tomorrow', farah);
    expect(await awayIn(there, farah)).toMatchObject([{ until: new Date('2026-03-04T04:30:00Z') }]);
  });

  it('takes none until they are back, when they say no day', async () => {
    const there = await office();
    expect(told(await ask(there, ''))[1]).toContain('Away from now until you say that you are back.');
    expect(told(await goAway(there, ''))).toEqual([
      'You are away',
      'No new leads come to you until you are back.',
    ]);
    expect(await awayIn(there)).toMatchObject([{ until: null }]);
  });

  it('from tomorrow takes leads until then', async () => {
    const there = await office();
    await there.openHandoff();
    const answer = await press(there, await ask(there, 'friday'), 'From Tomorrow');
    expect(told(answer)).toEqual([
      'Your time away is noted',
      'From 05:00 UTC until 14:00 UTC no new leads come to you.',
    ]);
    expect(buttons(answer)).toEqual(['Undo']);
    expect(await awayIn(there)).toMatchObject([
      { from: new Date('2026-03-04T05:00:00Z'), until: new Date('2026-03-06T14:00:00Z') },
    ]);
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
    expect((await press(there, answer, 'Undo')).title).toBe('Undone: you take leads again');
    expect(await awayIn(there)).toBeUndefined();
  });

  it('changes their mind: the last word counts', async () => {
    const there = await office();
    await goAway(there, '');
    there.passMinutes(1);
    await goAway(there, '2 days');
    expect((await awayIn(there))?.at(-1)).toMatchObject({ until: new Date('2026-03-05T14:00:00Z') });
  });

  it('by two clicks in the same second goes once, and reads the same twice', async () => {
    const there = await office();
    await there.openHandoff();
    const asked = await ask(there, 'friday');
    const [first, second] = await Promise.all(['', ''].map(() => press(there, asked, 'Go Away')));
    expect(first && told(first)).toEqual(second && told(second));
    expect(await awayIn(there)).toHaveLength(1);
    expect(there.handoff().log.filter(({ event }) => event.type === 'reassigned')).toHaveLength(1);
  });

  it('counts in UTC when the policy knows no hours of theirs', async () => {
    const there = await office();
    await goAway(there, 'tomorrow', stranger);
    expect(await awayIn(there, stranger)).toMatchObject([{ until: new Date('2026-03-04T00:00:00Z') }]);
  });
});

describe('who went away and did not mean it', () => {
  const gone = async () => {
    const there = await office();
    await there.openHandoff();
    const answer = await goAway(there, 'friday');
    expect(told(answer)[1]).toBe(
      'Until 14:00 UTC no new leads come to you. Lena Fischer went to Ben Castillo.',
    );
    expect(buttons(answer)).toEqual(['Undo', "I'm Back"]);
    return { there, answer };
  };

  it('gets back what nobody has answered meanwhile, by what had made it theirs', async () => {
    const { there, answer } = await gone();
    const before = there.handoff().log.find(({ event }) => event.type === 'offered')?.event;
    there.passMinutes(4);
    expect(told(await press(there, answer, 'Undo'))).toEqual([
      'Undone: you take leads again',
      'Lena Fischer is yours again.',
    ]);
    const { handoff } = there.handoff();
    expect(handoff).toMatchObject({ status: 'offered', assignment: { rep: ada, at: at('15:04:02') } });
    expect(handoff.assignment.reasons).toEqual(
      before && 'assignment' in before ? before.assignment.reasons : null,
    );
    expect(await awayIn(there)).toMatchObject([{ until: at('15:04:02') }]);
  });

  it('reads what stays with others, and why', async () => {
    const { there, answer } = await gone();
    await there.carryOut({ type: 'accept', by: ben });
    expect(told(await press(there, answer, 'Undo'))[1]).toBe(
      'Lena Fischer stays with Ben Castillo, who has answered.',
    );
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('by two clicks gets it back once', async () => {
    const { there, answer } = await gone();
    await press(there, answer, 'Undo');
    expect(told(await press(there, answer, 'Undo'))[1]).toBe('You are not away any more.');
    expect(there.handoff().log.filter(({ event }) => event.type === 'reassigned')).toHaveLength(2);
  });

  it('after five minutes is told so, and may come back', async () => {
    const { there, answer } = await gone();
    there.passMinutes(6);
    const late = await press(there, answer, 'Undo');
    expect([late.title, buttons(late)]).toEqual(['Too late to undo', ["I'm Back"]]);
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });
});

describe('somebody who comes back', () => {
  it('takes leads again at once, and hears so', async () => {
    const there = await office();
    await goAway(there, '2 weeks');
    there.passMinutes(60);
    expect(told(await comeBack(ada, words, there.needs))).toEqual([
      'Welcome back',
      "You're back in turn. Missed leads are not made up.",
    ]);
    expect(await awayIn(there)).toMatchObject([{ from: at('15:00:02'), until: at('16:00:02') }]);
  });

  it('was set away for silence, and counts from nothing again', async () => {
    const there = await office();
    const silent = { from: at('14:00'), until: null, why: 'did not answer the last 3 cards' };
    await there.needs.directory.saveAbsences(ada, 'silence', [silent], at('14:00'));
    there.kept.missed.set(ada, 3);
    expect(told(await comeBack(ada, words, there.needs))[0]).toBe('Welcome back');
    expect(await awayIn(there)).toEqual([{ ...silent, until: at('15:00:02') }]);
    expect(await there.needs.directory.missedInRow(ada)).toBe(0);
  });

  it('has every lead looked at again that waits for somebody', async () => {
    const there = await office();
    const hold = { leadId: '777', since: at('14:00'), because: 'nobody is free', until: at('18:00') };
    await letWait(there.needs, hold);
    await goAway(there, '');
    expect(there.kept.jobs.keys()).toEqual([]);
    await comeBack(ada, words, there.needs);
    expect(there.kept.jobs.keys()).toEqual(['intake:777']);
  });

  it('hears that HubSpot still has them away', async () => {
    const there = await office();
    const vacation = { from: at('09:00'), until: at('20:00'), why: 'Vacation' };
    await there.needs.directory.saveAbsences(ada, 'hubspot', [vacation], at('09:00'));
    expect(told(await comeBack(ada, words, there.needs))).toEqual([
      'HubSpot still has you away',
      'Change it in your HubSpot profile.',
    ]);
    expect(await awayIn(there)).toEqual([vacation]);
  });

  it('is welcome when what HubSpot has is yet to come', async () => {
    const there = await office();
    const vacation = { from: at('18:00'), until: at('20:00'), why: 'Vacation' };
    await there.needs.directory.saveAbsences(ada, 'hubspot', [vacation], at('09:00'));
    expect(told(await comeBack(ada, words, there.needs))[0]).toBe('Welcome back');
  });

  it('who was never away is welcome all the same', async () => {
    expect(told(await comeBack(ada, words, (await office()).needs))[0]).toBe('Welcome back');
  });
});

describe('the leads that somebody has who goes away', () => {
  it('go to others when they are not answered and cannot wait', async () => {
    const there = await office();
    await there.openHandoff();
    await goAway(there, 'friday');
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('stay theirs when they are accepted, due as much later as they are away, and no later than that', async () => {
    const there = await office();
    await there.openHandoff();
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'accept', by: ada });
    await goAway(there, 'tomorrow');
    const tomorrow = new Date('2026-03-04T15:00:00Z');
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: tomorrow });
    there.moveTo(at('15:35'));
    await comeBack(ada, words, there.needs);
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: at('16:35') });
    expect(there.handoff().log.slice(2)).toMatchObject([
      { event: { type: 'rescheduled', due: tomorrow, manager: grace } },
      { event: { type: 'rescheduled', due: at('16:35'), why: { kind: 'otherHours' }, manager: null } },
    ]);
  });

  it('stay as they are when nobody knows for how long, but for those that are not answered', async () => {
    const there = await office();
    await there.openHandoff();
    await there.carryOut({ type: 'accept', by: ada });
    await goAway(there, '');
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
  await goAway(there, '');
  expect([await next('1'), await next('2'), await next('3'), await next('4')]).toEqual([
    ben,
    chloe,
    ben,
    chloe,
  ]);
  await comeBack(ada, words, there.needs);
  expect([await next('5'), await next('6'), await next('7'), await next('8')]).toEqual([
    ada,
    ben,
    chloe,
    ada,
  ]);
});
