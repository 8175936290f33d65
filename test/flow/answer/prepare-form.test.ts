import { describe, expect, it } from 'vitest';
import type { FormName } from '../../../src/domain/card/form.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { prepareForm } from '../../../src/flow/answer/prepare-form.ts';
import type { PreparedForm } from '../../../src/flow/ports/chat.ts';
import {
  ada,
  americas,
  at,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  lead,
  member,
  offered,
  policy,
  routing,
  stranger,
  target,
  targets,
  touch,
} from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const { id } = offered();

async function opened(rules = policy()): Promise<Office> {
  const there = await office({ rules });
  await there.openHandoff();
  return there;
}

const open = (there: Office, by: string, form: FormName) =>
  prepareForm(there.needs)({ platform: 'slack', userId: userIdOf(by), handoffId: id }, form);
const refusalOf = (prepared: PreparedForm) => ('refused' in prepared ? plain(prepared.refused) : null);
const optionsOf = (prepared: PreparedForm, field: string) =>
  'form' in prepared
    ? prepared.form.fields.flatMap((one) =>
        one.name === field && one.kind === 'choice' ? one.options.map(({ value }) => value) : [],
      )
    : null;

describe('a form', () => {
  const table: [form: FormName, by: string, refusal: string | null][] = [
    ['logTouch', ada, null],
    ['logTouch', grace, 'Ada Okafor holds this lead now. Nothing was changed.'],
    ['disqualify', ada, null],
    ['disqualify', grace, null],
    ['disqualify', ben, 'Ada Okafor holds this lead now. Nothing was changed.'],
    ['handBack', ada, null],
    ['handBack', grace, 'Ada Okafor holds this lead now. Nothing was changed.'],
    ['snooze', ada, null],
    ['snooze', ben, 'Ada Okafor holds this lead now. Nothing was changed.'],
    ['reassign', grace, null],
    ['reassign', ada, 'Only Grace Whitfield can decide this. Nothing was changed.'],
    ['reassign', henrik, 'Only Grace Whitfield can decide this. Nothing was changed.'],
    ['giveGrace', grace, null],
    ['giveGrace', ada, 'Only Grace Whitfield can decide this. Nothing was changed.'],
  ];
  for (const [form, by, refusal] of table) {
    it(`${form} is ${refusal ? 'refused to' : 'for'} ${by}, as what is sent in would be`, async () => {
      const prepared = await open(await opened(), by, form);
      expect(refusalOf(prepared)).toBe(refusal);
      if ('form' in prepared) expect(prepared.form.name).toBe(form);
    });
  }

  it('of a closed handoff is refused', async () => {
    const there = await opened();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    for (const form of ['logTouch', 'disqualify', 'handBack', 'snooze', 'reassign', 'giveGrace'] as const) {
      expect(refusalOf(await open(there, grace, form))).toBe(
        'This lead was disqualified. Nothing was changed.',
      );
    }
  });

  it('about a deadline is refused when none runs', async () => {
    const there = await opened();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    const nothing = 'No deadline is running, so there is nothing to extend.';
    expect(refusalOf(await open(there, grace, 'giveGrace'))).toBe(nothing);
    expect(refusalOf(await open(there, ada, 'snooze'))).toBe(nothing);
  });

  it('in which there is nothing to choose is refused', async () => {
    const nothing = policy({ disqualifyReasons: [], handBackReasons: [] });
    const there = await opened(nothing);
    const none = 'The policy names nothing to choose from. Ask whoever keeps it.';
    expect(refusalOf(await open(there, ada, 'disqualify'))).toBe(none);
    expect(refusalOf(await open(there, ada, 'handBack'))).toBe(none);
  });

  it('of a handoff that is gone, or for a stranger, is refused', async () => {
    const empty = await office();
    expect(refusalOf(await open(empty, ada, 'logTouch'))).toBe(
      'This handoff no longer exists. Nothing was changed.',
    );
    expect(refusalOf(await open(await opened(), stranger, 'logTouch'))).toBe(
      'You are not among the people of this handoff policy. Nothing was changed.',
    );
  });

  it('that is opened changes nothing of the handoff', async () => {
    const there = await opened();
    for (const form of ['logTouch', 'disqualify', 'handBack', 'snooze', 'reassign', 'giveGrace'] as const) {
      await open(there, ada, form);
      await open(there, grace, form);
    }
    expect(there.handoff().log).toHaveLength(1);
    expect(there.handoff().handoff.respondBy).toEqual(at('15:15'));
  });

  it('is opened by somebody who has their card in front of them', async () => {
    const there = await opened();
    await there.work('deliver');
    there.moveTo(at('15:05'));
    await open(there, ada, 'logTouch');
    expect(there.handoff().cards.get(`${ada} slack`)?.seenAt).toEqual(at('15:05'));
  });
});

describe('the form to reassign', () => {
  it('offers everybody of the policy but the holder, whoever is at work first, with what they have', async () => {
    const there = await opened();
    await there.openHandoff(lead({ id: '502' }), {
      id: 'bens',
      assignment: { ...offered().assignment, rep: ben },
    });
    const prepared = await open(there, grace, 'reassign');
    expect(optionsOf(prepared, 'to')).toEqual([chloe, dario, henrik, ben, farah, grace]);
    const [field] = 'form' in prepared ? prepared.form.fields : [];
    const labels = field?.kind === 'choice' ? field.options.map(({ label }) => label) : [];
    expect(labels.slice(0, 1)).toEqual(['Chloe Nguyen · 0 open (recommended)']);
    expect(labels[3]).toBe('Ben Castillo · 1 open');
    expect(labels[4]).toMatch(/^Farah Singh · 0 open · not at work until /);
  });

  it('offers nobody who was deactivated or is away', async () => {
    const there = await opened();
    const gone = { id: chloe, name: 'Chloe Nguyen', ownerId: null, active: false, hours: null };
    await there.needs.directory.savePeople([gone], there.needs.clock());
    const absence = { from: at('09:00'), until: null, why: 'Vacation' };
    await there.needs.directory.saveAbsences(ben, 'chat', [absence], at('09:00'));
    expect(optionsOf(await open(there, grace, 'reassign'), 'to')).toEqual([dario, henrik, farah, grace]);
  });

  it('is refused where nobody else is there to choose', async () => {
    const alone = policy({
      teams: [{ ...americas, manager: ada, members: [member()] }],
      routing: routing([], ada),
    });
    expect(refusalOf(await open(await opened(alone), ada, 'reassign'))).toBe(
      'There is nobody else to choose. Take it, or allow more time.',
    );
  });

  it('alone asks how much everybody has', async () => {
    const there = await opened();
    const asked: string[] = [];
    const { balance } = there.needs.handoffs;
    there.needs.handoffs.balance = async (leadId, handoffId) => {
      asked.push(leadId);
      return balance(leadId, handoffId);
    };
    for (const form of ['disqualify', 'giveGrace'] as const) await open(there, grace, form);
    for (const form of ['logTouch', 'handBack', 'snooze'] as const) await open(there, ada, form);
    expect(asked).toEqual([]);
    await open(there, grace, 'reassign');
    expect(asked).toEqual(['501']);
  });
});

describe('the forms about time', () => {
  it('offer what would not be refused', async () => {
    const there = await office();
    await there.openHandoff(lead(), { targets: targets({ acknowledge: target(60) }) });
    expect(optionsOf(await open(there, ada, 'snooze'), 'choice')).toEqual(['30min', '2h', 'tomorrow', 'own']);
    await there.carryOut({ type: 'snooze', by: ada, choice: '2h' });
    expect(optionsOf(await open(there, ada, 'snooze'), 'choice')).toEqual(['30min', 'own']);
    expect(optionsOf(await open(there, grace, 'giveGrace'), 'grace')).toEqual([
      'asAsked',
      '15',
      '60',
      'untilMorning',
    ]);
  });

  it('are refused when nothing is left to offer', async () => {
    const alone = policy({
      teams: [{ ...americas, manager: ada, members: [member()] }],
      routing: routing([], ada),
    });
    const there = await opened(alone);
    expect(refusalOf(await open(there, ada, 'snooze'))).toBe(
      'This lead cannot be put off any longer. Accept it, or hand it back.',
    );
  });
});
